"""Rows of association tables that a statement deletes, and the unit of work once more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.loads.loads import NOT_LOADING, how_loaded
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.sessions.lives import Since, since
from archlint.frameworks.sqlalchemy.sessions.owner import Origin
from archlint.frameworks.sqlalchemy.sessions.sessions import Session, instances
from archlint.frameworks.sqlalchemy.values.entity import EAGER
from archlint.frameworks.sqlalchemy.values.instance_state import owner_of
from archlint.frameworks.sqlalchemy.values.instances import Collection, Instance
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.tables.words import Table
    from archlint.project.project import Project

_RUNNING = frozenset({"execute", "exec"})
_RENEWING = frozenset({"expire", "expire_all", "expunge", "expunge_all", "refresh", "rollback"})
_TAKING_OUT = frozenset({"clear", "remove"})
_DEPTH = 4


class Emptying(msgspec.Struct, frozen=True):
    """A statement that deletes rows of an association table."""

    trace: Trace
    called: Called
    table: Table
    session: Origin


class Twice(msgspec.Struct, frozen=True):
    """The same rows, deleted by a statement and with an object or a collection."""

    emptying: Emptying
    trace: Trace
    called: Called
    instance: Instance
    relation: str


def rows_deleted_twice(project: Project) -> Iterator[Twice | None]:
    """Every statement that empties an association table; None for those that do it alone."""
    found = {each.called.form: each for each in _emptyings(project)}
    if not found:
        return
    told: set[object] = set()
    for trace in project.view(DataFlow).traces():
        events = list(_flat(trace, _DEPTH))
        for at, (inside, called) in enumerate(events):
            session = _session(called) if called.form in found and called.form not in told else None
            if session is not None:
                emptying = Emptying(inside, called, found[called.form].table, session)
                twice = _again(emptying, called, events[at + 1 :])
                if twice is not None:
                    told.add(called.form)
                    yield twice
    yield from (None for form in found if form not in told)


def _emptyings(project: Project) -> Iterator[Emptying]:
    through = {
        relation.through
        for model in project.view(Mappings)
        for relation in model.relations.values()
        if relation.through
    }
    for trace, called in project.view(DataFlow).events(Called) if through else ():
        if called.name not in _RUNNING or not called.arguments.positional or called.receiver is None:
            continue
        session = _session(called)
        statement = called.arguments.positional[0]
        target = statement.target if isinstance(statement, Statement) else None
        is_delete = isinstance(statement, Statement) and statement.kind == "delete"
        if not is_delete or session is None or target is None:
            continue
        table = target.entity.mapped.table if target.entity is not None else target.table
        if table is not None and table.key in through:
            yield Emptying(trace, called, table, session)


def _session(called: Called) -> Origin | None:
    """The session that a call is asked of; None where it may be another."""
    options = something(called.receiver) if called.receiver is not None else ()
    sessions = [value.origin for value in options if isinstance(value, Session)]
    return sessions[0] if len(sessions) == 1 else None


def _flat(trace: Trace, depth: int) -> Iterator[tuple[Trace, Called]]:
    """The calls of a run in order, with those inside of what it calls."""
    for event in trace.events:
        if isinstance(event, Called):
            yield trace, event
            if event.trace is not None and depth:
                yield from _flat(event.trace, depth - 1)


def _again(emptying: Emptying, emptied: Called, later: list[tuple[Trace, Called]]) -> Twice | None:
    """What deletes the same rows behind the statement. What was deleted before is sent before it, too."""
    for trace, called in later:
        if called.name in _RENEWING or _ended(emptied, called, emptying.session):
            return None
        for instance, name in _deleted(emptying, called):
            if _knows(instance, name, emptied):
                return Twice(emptying, trace, called, instance, name)
    return None


def _ended(one: Called, other: Called, session: Origin) -> bool:
    """Whether the session has sent, kept or dropped what waited in between, or nobody can tell."""
    before, after = since(one.state.get, session), since(other.state.get, session)
    return before is None or before != after


def _deleted(emptying: Emptying, called: Called) -> Iterator[tuple[Instance, str]]:
    """The objects that a call deletes or takes out of a collection, with the relationship over the table."""
    if called.name in _TAKING_OUT and isinstance(called.receiver, Collection):
        if _is_through(called.receiver.owner, called.receiver.name, emptying):
            yield called.receiver.owner, called.receiver.name
        return
    if called.name != "delete" or _session(called) != emptying.session:
        return
    for value in called.arguments.positional[:1]:
        for instance in instances(value):
            for name in instance.entity.model.relations:
                if _is_through(instance, name, emptying):
                    yield instance, name


def _is_through(instance: Instance, name: str, emptying: Emptying) -> bool:
    """Whether a relationship of an object is written into the table, by keys that the function speaks of."""
    relation = instance.entity.model.relations[name]
    if relation.through != emptying.table.key or "viewonly" in relation.options:
        return False
    owner, keys = instance.entity.mapped.table, emptying.table.foreign_keys
    ours = [
        key
        for each in keys
        for key, reference in zip(each.columns, each.references, strict=False)
        if owner is not None and (not reference.text or reference.table == owner.key)
    ]
    function = emptying.trace.function
    return function is not None and any(emptying.trace.module.mentions(function.fact, key) for key in ours)


def _knows(instance: Instance, name: str, at: Called) -> bool:
    """Whether a collection was loaded at some point."""
    if instance.how not in ("one", "many"):
        return False
    owner = owner_of(at.state.get, instance)
    now = since(at.state.get, owner.origin) if owner is not None else None
    if now is None or (now.commit, now.rollback) != _begun(instance):
        return False
    loaded = at.state.get((instance.track, "loaded"))
    if isinstance(loaded, frozenset) and name in loaded:
        return True
    how = how_loaded(instance.loads, name)
    return how not in NOT_LOADING if how else instance.entity.lazy(name) in EAGER


def _begun(instance: Instance) -> tuple[object, object]:
    began: Since = instance.began
    return began.commit, began.rollback
