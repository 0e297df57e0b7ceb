"""The fields that code lists by their names: `save(update_fields=[…])`, `bulk_update(orders, […])`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.expressions import Attribute, Call, Collection, Expression, Literal, Name
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expected import is_caught
from archlint.frameworks.django.query.objects.model_object import ModelObject, ModelOptions
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.places.expressions import place
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Constant, Items, Value, only, something
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

_Asked: TypeAlias = tuple[tuple[str, int, bool], ...]

_SAVED: _Asked = (("update_fields", 3, True),)
_LOADED: _Asked = (("fields", 1, False),)
_UPDATED: _Asked = (("fields", 1, True),)
_CREATED: _Asked = (("update_fields", 4, True), ("unique_fields", 5, False))
_FOUND: _Asked = (("field_name", 1, False),)
_NAMED: _Asked = (("field_name", 0, False),)
"""The arguments, their positions, and whether the fields are written."""

_MISSING = frozenset({"", "Exception", "builtins.Exception", "django.core.exceptions.FieldDoesNotExist"}) | {
    "django.db.models.FieldDoesNotExist",
    "django.db.models.fields.FieldDoesNotExist",
}
"""Handlers that expect that a field is missing."""

_OF_OBJECTS = {
    "save": _SAVED,
    "asave": _SAVED,
    "refresh_from_db": _LOADED,
    "arefresh_from_db": _LOADED,
}
_OF_SETS = {
    "bulk_update": _UPDATED,
    "abulk_update": _UPDATED,
    "bulk_create": _CREATED,
    "abulk_create": _CREATED,
    "in_bulk": _FOUND,
    "ain_bulk": _FOUND,
}


class ListedField(msgspec.Struct, frozen=True):
    """One name in one list."""

    model: DjangoModel
    name: str
    is_saved: bool
    """It is written, and so not the primary key."""

    is_stored: bool
    """It has to be a column."""

    module: Module
    line: int
    column: int


def listed_fields(project: Project) -> Iterator[ListedField]:
    """Every name in such a list. A place may be met more than once."""
    models = project.view(DjangoModels)
    data_flow = project.view(DataFlow)
    for trace, event in data_flow.events(Called):
        known = _of_objects(event) or _of_sets(event) or _of_options(trace, event)
        if known is None or runs_own(event):
            continue
        key, asked = known
        model = models.model(key)
        if not isinstance(model, DjangoModel):
            continue
        for name, position, is_saved in asked:
            value = event.arguments.get(name, position)
            if value is None:
                continue
            written = _written(event.form, name, position)
            for text, form in _texts(value, written):
                is_stored = is_saved or name == "unique_fields"
                yield ListedField(model, text, is_saved, is_stored, trace.module, *place(form))


def _of_objects(event: Called) -> tuple[str, _Asked] | None:
    asked = _OF_OBJECTS.get(event.name)
    if asked is None or event.receiver is None:
        return None
    found = tuple(something(event.receiver))
    keys = {one.model if isinstance(one, ModelObject) else "" for one in found}
    return (keys.pop(), asked) if len(keys) == 1 else None


def _of_sets(event: Called) -> tuple[str, _Asked] | None:
    asked = _OF_SETS.get(event.name)
    sets = query_sets(event.receiver) if asked is not None else None
    if asked is None or sets is None or len({one.model for one in sets}) != 1:
        return None
    return sets[0].model, asked


def _of_options(trace: Trace, event: Called) -> tuple[str, _Asked] | None:
    """`Order._meta.get_field("status")`; a method of a class may be asked of its heirs."""
    if event.name != "get_field" or event.trace is not None:
        return None
    options = only(event.receiver, ModelOptions)
    if len(options) != 1 or is_caught(event, _MISSING) or _starts_with_own(event.form):
        return None
    return options[0].model, _NAMED


def _starts_with_own(form: Call) -> bool:
    """Whether a call begins at `cls` or `self`."""
    first: Expression = form.function
    while isinstance(first, Attribute):
        first = first.value
    return isinstance(first, Name) and first.id in ("cls", "self")


def _written(form: Call, name: str, position: int) -> Expression:
    for keyword in form.keywords:
        if keyword.name == name:
            return keyword.value
    return form.arguments[position] if position < len(form.arguments) else form


def _texts(value: Value, written: Expression) -> Iterator[tuple[str, Expression]]:
    """The texts in a list with where each is written, or in a single text."""
    items = value.items if isinstance(value, Items) else (value,)
    forms = written.items if isinstance(written, Collection) else ()
    is_written = len(forms) == len(items)
    for index, item in enumerate(items):
        if isinstance(item, Constant) and isinstance(item.value, str):
            form = forms[index] if is_written and isinstance(forms[index], Literal) else written
            yield item.value, form
