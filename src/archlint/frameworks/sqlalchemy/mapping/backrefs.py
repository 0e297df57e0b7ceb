"""Names that a `backref` gives to the other side, and that are taken there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
    from archlint.frameworks.sqlalchemy.mappings import Mappings


class TakenBackref(msgspec.Struct, frozen=True):
    """A `backref` whose name the other side has already."""

    relationship: Relationship
    target: MappedClass
    other: Place
    """Where the name is taken."""


def taken_backrefs(mappings: Mappings) -> Iterator[TakenBackref | None]:
    """Every `backref` that leads to one known class; None where its name is free there."""
    given: dict[tuple[str, str], Relationship] = {}
    for owner, relationship in mappings.relationships():
        targets = mappings.targets(relationship, owner) if relationship.backref else ()
        if len(targets) != 1 or owner.is_local or targets[0].is_local:
            continue
        target = targets[0]
        before = given.setdefault((target.key, relationship.backref), relationship)
        taken = before.place if before is not relationship else _declared(target, relationship.backref)
        yield None if taken is None else TakenBackref(relationship, target, taken)


def _declared(target: MappedClass, name: str) -> Place | None:
    """Where a class declares a column or a relationship of this name."""
    found = target.relationships.get(name) or target.columns.get(name)
    return found.place if found is not None else None
