"""Expressions that columns are written with: what inserts and updates of one table cannot compute.

Taken from what `Query.resolve_ref` and the compilers of inserts and updates raise in Django 5.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.query.expressions.computed import Computed, named
from archlint.frameworks.django.query.expressions.expression import Expr, Reference
from archlint.frameworks.django.refusals.refused import Wrong
from archlint.project.flow.values import Closure, Constant

if TYPE_CHECKING:
    from archlint.frameworks.django.models.registered import DjangoModel
    from archlint.frameworks.django.query.joins import Joins
    from archlint.frameworks.django.query.sets.query_set import QuerySet
    from archlint.project.flow.behaviour import Site

_ASK_APART = "ask for the value in a `Subquery`, with `OuterRef` for this row"


def saves_its_own_way(model: DjangoModel, site: Site) -> bool:
    """Whether the project has a say in what is written."""
    if model.cls is None:
        return False
    own = site.own(model.cls, Constant(None), "save")
    return isinstance(own, Closure) and not own.function.module.name.startswith("django.")


def inserted(value: Expr, method: str = "create") -> Wrong | None:
    """What is wrong with an expression in a new row."""
    if value.is_aggregate or value.is_window:
        return _refused(method, value)
    if not value.references:
        return None
    path = value.references[0].path
    return (
        f"`{path}` of a row that does not exist yet",
        "compute the value in Python, or update the row later",
    )


class WrittenColumns:
    """What is wrong with expressions for columns of rows that exist."""

    def __init__(self, joins: Joins) -> None:
        self._joins = joins

    def updated(self, base: QuerySet, model: DjangoModel, name: str, value: Expr) -> Wrong | None:
        """In `update()` of some rows."""
        if value.is_aggregate or value.is_window:
            return _refused("update", value)
        for one in value.references:
            made = named(base.computed, one.path)
            if made is not None and made.is_aggregate:
                return f"`update()` cannot set the aggregate `{one.path}`", _ASK_APART
            if self._reaches_further(model, name, one, made, base.annotations):
                return f"`update()` cannot follow `{one.path}` into another table", _ASK_APART
        return None

    def saved(self, model: DjangoModel, name: str, value: Expr) -> Wrong | None:
        """In an attribute of an object."""
        if value.is_aggregate or value.is_window:
            return _refused("save", value)
        for one in value.references:
            if self._reaches_further(model, name, one, None, ()):
                return f"`save()` cannot follow `{one.path}` into another table", _ASK_APART
        return None

    def _reaches_further(
        self,
        model: DjangoModel,
        name: str,
        one: Reference,
        made: Computed | None,
        annotations: tuple[str, ...],
    ) -> bool:
        if self._joins.is_inherited(model, name):
            return False  # Django updates the parent's table by itself
        if made is not None:
            return any(self._joins.needs(model, path, is_condition=False) for path in made.paths)
        if one.path.partition("__")[0] in annotations:
            return False
        return self._joins.needs(model, one.path, is_condition=one.is_condition)


def _refused(method: str, value: Expr) -> Wrong:
    what = "an aggregate" if value.is_aggregate else "a window"
    return f"`{method}()` cannot compute {what}", "ask for the value first, or in a `Subquery`"
