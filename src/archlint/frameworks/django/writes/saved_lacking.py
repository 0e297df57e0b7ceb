"""Objects that are saved without a field that their rows need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelObject, defines, model_of
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.writes.given_columns import columns
from archlint.frameworks.django.writes.new_row import NewRow
from archlint.project.flow.behaviour import Site
from archlint.project.flow.kept.growth import everything
from archlint.project.flow.trace import Called, Trace, Written
from archlint.project.flow.values import Entries, Items, Many, Value, alternatives

if TYPE_CHECKING:
    from archlint.project.project import Project

_SAVING = frozenset({"save", "asave"})
_SAVING_MANY = frozenset({"bulk_create", "abulk_create"})
_CHECKING = frozenset({"full_clean", "clean_fields", "validate_unique", "validate_constraints"})
_FILLING = ("clean", "full_clean", "clean_fields")
"""What a model may have of its own that fills its objects in as they are checked."""


def saved_lacking(project: Project) -> Iterator[NewRow]:
    """Every object that is saved and was made without some field. It may be met more than once."""
    data_flow, models = project.view(DataFlow), project.view(DjangoModels)
    calls = list(data_flow.events(Called))
    if not any(isinstance(event.result, ModelObject) and event.result.lacking for _, event in calls):
        return  # as in most projects
    given = _given(data_flow)
    lost = {one for trace, event in calls for one in _lost(event, data_flow, trace)}
    for trace, event in calls:
        for one in _saved(event):
            model = models.model(one.model)
            if one in lost or one.lacking is None or not isinstance(model, DjangoModel):
                continue
            known = columns(model, frozenset(given.get(one, ())))
            if known is not None:
                names = tuple(name for name in one.lacking.names if name not in known)
                yield NewRow(trace, event, one.lacking.module, one.lacking.form, model, names)


def _given(data_flow: DataFlow) -> dict[ModelObject, set[str]]:
    """The attributes that anybody sets on such objects."""
    found: dict[ModelObject, set[str]] = {}
    for _, event in data_flow.events(Written):
        for one in _lacking(event.receiver):
            found.setdefault(one, set()).add(event.name)
    return found


def _saved(event: Called) -> tuple[ModelObject, ...]:
    """The objects that a call surely saves with all their fields."""
    if event.name in _SAVING and event.receiver is not None:
        is_whole = not event.arguments.positional and event.arguments.get("update_fields") is None
        found = _lacking(event.receiver)
        return found if is_whole and len(found) == len(alternatives(event.receiver)) else ()
    if event.name in _SAVING_MANY and isinstance(event.receiver, QuerySet) and event.arguments.positional:
        return _lacking(event.arguments.positional[0])
    return ()


def _lost(event: Called, data_flow: DataFlow, trace: Trace) -> Iterator[ModelObject]:
    """The objects that are given to somebody nobody sees, who may fill them in."""
    if event.trace is not None or (event.name in _SAVING_MANY and isinstance(event.receiver, QuerySet)):
        return
    if event.receiver is not None:
        site = data_flow.flow.site(trace.module)
        yield from (one for one in _lacking(event.receiver) if not _is_plain(event.name, one, site))
    if not isinstance(event.receiver, (Items, Many, Entries)):
        for value in (*event.arguments.positional, *(value for _, value in event.arguments.named)):
            yield from _lacking(value)


def _is_plain(name: str, one: ModelObject, site: Site) -> bool:
    """Whether a method that is not run leaves an object as it is."""
    model = model_of(site, one.model)
    if name in _SAVING or model is None:
        return name in _SAVING
    return name in _CHECKING and not any(defines(model, each, site) for each in _FILLING)


def _lacking(value: Value) -> tuple[ModelObject, ...]:
    """The objects among all that a value may be or hold which were made without some field."""
    return tuple(
        [one for one in everything(value) if isinstance(one, ModelObject) and one.lacking is not None]
    )
