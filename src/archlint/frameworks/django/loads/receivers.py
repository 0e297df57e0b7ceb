"""What relations are loaded for: the rows of a query set, or objects that are there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.methods import LOADERS, OBJECT_LOADERS
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.project.flow.values import Items, Many, Value, alternatives, any_of, only

if TYPE_CHECKING:
    from archlint.project.flow.trace import Called


def loaded_into(event: Called) -> tuple[QuerySet, ...] | None:
    """What a call has relations loaded for: query sets, or the objects that `prefetch_related_objects` gets.

    None where it is no such call, or nobody knows for what.
    """
    if event.name in LOADERS:
        return query_sets(event.receiver)
    instances = event.arguments.get("model_instances", 0) if event.name in OBJECT_LOADERS else None
    if instances is None:
        return None
    held = [each for option in alternatives(instances) for each in _held(option)]
    objects = only(any_of(held), ModelObject)
    return tuple([_came_from(one) for one in objects]) or None


def _held(value: Value) -> tuple[Value, ...]:
    """What a list holds; the value itself where it is none."""
    if isinstance(value, Items):
        return value.items
    return (value.of,) if isinstance(value, Many) else (value,)


def _came_from(value: ModelObject) -> QuerySet:
    """The query set that an object is a row of, or one that nothing was done to."""
    return value.source if value.source is not None and not value.way else QuerySet(value.model)
