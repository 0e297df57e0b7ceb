"""Calls of the managers of relations to many: `profile.contacts.add(other)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.project.flow.values import Items, Many, Value

if TYPE_CHECKING:
    from archlint.frameworks.django.models.registered import DjangoModels
    from archlint.frameworks.orm import Relation
    from archlint.project.flow.behaviour import Site
    from archlint.project.flow.trace import Called

TAKE_OBJECTS = frozenset({"add", "remove", "set", "aadd", "aremove", "aset"})
"""Methods of the managers of relations to many."""


def relation_behind(models: DjangoModels, event: Called) -> Relation | None:
    """The relation whose manager is told something; None for anything else."""
    sets = query_sets(event.receiver)
    manager = sets[0] if sets is not None and len(sets) == 1 else None
    if manager is None or not manager.is_manager or manager.of is None:
        return None
    owner = models.model(manager.of.model)
    return owner.relations.get(manager.through) if owner is not None else None


def each_given(value: Value, site: Site) -> tuple[Value, ...]:
    """What an argument holds, one by one."""
    if isinstance(value, Items):
        return value.items
    if isinstance(value, QuerySet):
        return (value.each(site),)
    return (value.of,) if isinstance(value, Many) else (value,)
