"""Which columns of a row get a value, by the names under which code gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.models.field_kinds import WITH_COLUMN
from archlint.frameworks.orm import Member, Relation

if TYPE_CHECKING:
    from archlint.frameworks.django.models.registered import DjangoModel


def columns(model: DjangoModel, given: frozenset[str]) -> frozenset[str] | None:
    """The fields that get a value, of the names that are given; None where one is no field of the row."""
    members: list[Member] = [*model.fields.values(), *model.relations.values()]
    by_name = {
        name: one.name
        for one in members
        for name in (one.name, one.attribute)
        if name and (not isinstance(one, Relation) or (one.kind in WITH_COLUMN and not one.is_reverse))
    }
    if not given <= by_name.keys() | {"pk"}:
        return None
    return frozenset(by_name[name] for name in given if name in by_name)
