"""Whether the query sets that `union()` and the like put together have the columns that are asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.models.field_kinds import WITH_COLUMN
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.project.flow.trace import Called
from archlint.project.flow.values import all_texts

if TYPE_CHECKING:
    from archlint.frameworks.django.refusals.refused import Wrong

UNITING = frozenset({"union", "intersection", "difference"})
_ROWS = frozenset({"dicts", "tuples", "named", "flat"})


def ununited(models: DjangoModels, one: QuerySet, event: Called) -> Wrong | None:
    """What is wrong with what a query set is united with; None for nothing, and where nobody can tell."""
    mine = _width(models, one)
    for value in event.arguments.positional:
        sets = query_sets(value)
        others = {_width(models, other) for other in sets or ()}
        if not mine or len(others) != 1 or others & {mine, 0}:
            continue
        message = f"`{event.name}()` of {mine} and {others.pop()} columns"
        return message, "name the same number of columns on both sides with `values()`"
    return None


def unselected(models: DjangoModels, one: QuerySet, event: Called) -> Wrong | None:
    """What is wrong with the order of what was put together: only columns that it gives can be in it."""
    model = models.model(one.model)
    if not one.united_columns or one.is_empty or not isinstance(model, DjangoModel):
        return None
    for name in (text.lstrip("-+") for text in all_texts(event.arguments.positional)):
        field = model.fields.get(name)
        if field is None or field.primary_key or name in one.united_columns:
            continue
        message = f"the order of `union()` and the like by `{name}`, which `values()` leaves out"
        return message, f"name `{name}` in `values()` of every query set, or order by what is there"
    return None


def _width(models: DjangoModels, one: QuerySet) -> int:
    """How many columns a query set gives; 0 where nobody can tell."""
    model = models.model(one.model)
    is_known = isinstance(model, DjangoModel) and not (model.is_open or models.hides_bases(model))
    if not is_known or not one.has_known_bases or one.is_empty or one.is_combined or one.manager is not None:
        return 0
    if one.shape in _ROWS and not one.takes_all:
        return len(set(one.columns))
    if one.annotations or one.deferring is not None or (one.shape != "objects" and not one.takes_all):
        return 0
    assert isinstance(model, DjangoModel)
    stored = [each for each in model.fields.values() if each.kind and each.cls is None]
    keys = [each for each in model.relations.values() if not each.is_reverse and each.kind in WITH_COLUMN]
    return len(stored) + len(keys) if len(stored) == len(model.fields) else 0
