"""What a session holds already: the rows of a whole table, and what a statement has loaded of older objects.

A session has one object for a row. Whoever asks for a row again gets that object, and what the loader options
of a later statement bring is there on it, too.
https://docs.sqlalchemy.org/en/20/orm/session_basics.html#is-the-session-a-cache
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.loads.loads import Load, loads_for
from archlint.frameworks.sqlalchemy.values.expressions import Selectable

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.sessions.lives import Remembered
    from archlint.frameworks.sqlalchemy.sessions.owner import Origin
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.frameworks.sqlalchemy.values.instances import Instance
    from archlint.frameworks.sqlalchemy.values.origin import From
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
        tied = frozenset(name for each, name in statement.ties if each == root)
        _added(site, (origin, "tied", root.entity.key), tied)
        chosen(site, origin, statement, root)


def chosen(site: Site, origin: Origin, statement: Statement, root: From) -> None:
    """A session gives rows of a class that a statement has chosen: what is the same in all of them."""
    if root.entity is not None:
        alike = frozenset((root.entity, name) for each, name in statement.alike if each == root)
        _added(site, (origin, "alike", statement.source), alike)


def brought(site: Site, origin: Origin, entity: Entity, loads: tuple[Load, ...]) -> None:
    """The options of a statement load relationships of the objects that it selects, and of those behind."""
    for load in loads:
        target = entity.target(load.name) if load.brings else None
        if target is None:
            continue
        _added(site, (origin, "brought", entity.key), frozenset((load.name,)))
        if not entity.model.relations[load.name].cardinality.is_collection:
            site.remember((origin, "beside", target.key), True)
        brought(site, origin, target, load.then)


def is_met(remembered: Remembered, origin: Origin, entity: Entity) -> bool:
    """Whether all objects of a class, or one by its key, have been asked for."""
    return remembered((origin, "met", entity.key)) is not None


def is_brought(remembered: Remembered, origin: Origin, entity: Entity, name: str) -> bool:
    """Whether a statement has loaded a relationship of objects of a class, perhaps of the one in question."""
    found = remembered((origin, "brought", entity.key))
    return found is not None and (not isinstance(found, frozenset) or name in found)


def is_tied(remembered: Remembered, origin: Origin, entity: Entity, name: str) -> bool:
    """Whether a statement asked for objects that refer to one at hand: `Order.customer_id == customer.id`."""
    found = remembered((origin, "tied", entity.key))
    if not isinstance(found, frozenset):
        return found is not None  # on one way so, on another otherwise
    return any(each == name or _refers(entity, each, name) for each in found)


def are_alike(remembered: Remembered, origin: Origin, instance: Instance, name: str) -> bool:
    """Whether all rows of a statement lead to the same one, loaded once: `filter_by(order_id=key)`.

    What is behind that one is loaded once, too: `line.order.customer`, `line.order.notes`.
    """
    found = remembered((origin, "alike", instance.source))
    if not isinstance(found, frozenset):
        return found is not None and not instance.way  # on one way so, on another otherwise
    path = (*instance.way, name)
    return any(_leads_to_one(root, column, path) for root, column in found)


def _leads_to_one(root: Entity, column: str, path: tuple[str, ...]) -> bool:
    """Whether rows with one value in a column lead to one object, or to what is behind it, on some path."""
    owner: Entity | None = root
    for step, name in enumerate(path):
        relation = owner.relation(name) if owner is not None else None
        if owner is None or relation is None or (not step and not _refers(owner, column, name)):
            return False
        if relation.cardinality.is_collection:
            return 0 < step == len(path) - 1
        owner = owner.target(name)
    return True


def is_beside(remembered: Remembered, origin: Origin, entity: Entity) -> bool:
    """Whether single objects of a class came with others: of those in one collection, mostly the same."""
    return remembered((origin, "beside", entity.key)) is not None


def _refers(entity: Entity, column: str, name: str) -> bool:
    """Whether a column holds the key of what a relationship leads to."""
    target, found = entity.target(name), entity.mapped.columns.get(column)
    if target is None or found is None or not found.references:
        return False
    table = target.mapped.table
    return column == f"{name}_id" or any(table is not None and r.table == table.key for r in found.references)


def _added(site: Site, key: tuple[object, ...], names: frozenset[object]) -> None:
    before = site.state(key)
    known = before if isinstance(before, frozenset) else frozenset()
    if names - known:
        site.remember(key, known | names)
