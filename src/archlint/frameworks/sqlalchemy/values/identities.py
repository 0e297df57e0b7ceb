"""What a session holds already: the rows of a whole table, and what a statement has loaded of older objects.

A session has one object for a row. Whoever asks for a row again gets that object, and what the loader options
of a later statement bring is there on it, too.
https://docs.sqlalchemy.org/en/20/orm/session_basics.html#is-the-session-a-cache
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.values.expressions import Selectable
from archlint.frameworks.sqlalchemy.values.loads import Load, loads_for

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.frameworks.sqlalchemy.values.lives import Origin, Remembered
    from archlint.frameworks.sqlalchemy.values.statements import Statement
    from archlint.project.flow.behaviour import Site


def met(site: Site, origin: Origin, statement: Statement) -> None:
    """A session runs a statement: what it selects is there afterwards."""
    for column in statement.columns if statement.kind == "select" else ():
        root = column.root if isinstance(column, Selectable) else None
        if root is None or root.entity is None:
            continue
        is_whole = not statement.is_restricted and not statement.is_limited
        if is_whole or root in statement.picks:
            site.remember((origin, "met", root.entity.key), True)
        brought(site, origin, root.entity, loads_for(statement.options, root))


def brought(site: Site, origin: Origin, entity: Entity, loads: tuple[Load, ...]) -> None:
    """The options of a statement load relationships of the objects that it selects, and of those behind."""
    for load in loads:
        target = entity.target(load.name) if load.brings else None
        if target is None:
            continue
        before = site.state((origin, "brought", entity.key))
        known = before if isinstance(before, frozenset) else frozenset()
        site.remember((origin, "brought", entity.key), known | {load.name})
        brought(site, origin, target, load.then)


def is_met(remembered: Remembered, origin: Origin, entity: Entity) -> bool:
    """Whether all objects of a class, or one by its key, have been asked for."""
    return remembered((origin, "met", entity.key)) is not None


def is_brought(remembered: Remembered, origin: Origin, entity: Entity, name: str) -> bool:
    """Whether a statement has loaded a relationship of objects of a class, perhaps of the one in question."""
    found = remembered((origin, "brought", entity.key))
    return found is not None and (not isinstance(found, frozenset) or name in found)
