"""Which joined collection makes the rows of a result come several times."""

from __future__ import annotations

from archlint.frameworks.sqlalchemy.loads.loads import JOINING, Load, behind, how_loaded, loads_for
from archlint.frameworks.sqlalchemy.values.entity import Entity
from archlint.frameworks.sqlalchemy.values.expressions import Selectable
from archlint.frameworks.sqlalchemy.values.results import Result

_DEEPEST = 4
"""Relationships behind relationships that are joined by their mappings are followed so far."""


def multiplied(result: Result) -> str:
    """The collection, as `Order.items`; empty where there is none, or nobody can tell."""
    statement = result.of
    if statement.kind != "select" or statement.loads_more:
        return ""
    for column in statement.columns:
        root = column.root if isinstance(column, Selectable) else None
        if root is not None and root.entity is not None:
            found = _of(root.entity, loads_for(statement.options, root), _DEEPEST)
            if found:
                return found
    return ""


def _of(entity: Entity, loads: tuple[Load, ...], deepest: int) -> str:
    for name, relation in entity.model.relations.items():
        how = how_loaded(loads, name)
        joins = how in JOINING if how else entity.lazy(name) == "joined"
        if not joins:
            continue
        if relation.cardinality.is_collection:
            return f"{entity.name}.{name}"
        target = entity.target(name)
        found = _of(target, behind(loads, name), deepest - 1) if target is not None and deepest else ""
        if found:
            return found
    return ""
