"""Whether a value holds a session, however deep inside."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.frameworks.drivers.connections import Cursor, OpenConnection
from archlint.frameworks.sqlalchemy.sessions.coroutines import Coroutine
from archlint.frameworks.sqlalchemy.sessions.engines import Connection
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.sessions.transaction import Transaction
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.flow.values import (
    Closure,
    Either,
    Entries,
    Items,
    Many,
    Method,
    Object,
    Pending,
    Value,
)

_DEEPEST = 5


def origins(value: Value, deepest: int = _DEEPEST) -> Iterator[Origin]:
    """The sessions that a value is, holds, or keeps alive."""
    return (owner.origin for owner in owners(value, deepest))


def owners(value: Value, deepest: int = _DEEPEST) -> Iterator[Owner]:
    """The same, with what is known of each."""
    return (owner for _, owner in holders(value, deepest))


def holders(value: Value, deepest: int = _DEEPEST) -> Iterator[tuple[Value, Owner]]:
    """The same, with what it is that belongs to each."""
    if isinstance(value, (Session, Connection, OpenConnection)):
        yield value, value.owner
    elif isinstance(value, Cursor):
        yield from holders(value.of, deepest)
    elif isinstance(value, Transaction):
        yield value, value.session.owner
    elif isinstance(value, Coroutine):
        yield from holders(value.of, deepest)
    elif isinstance(value, (Result, Statement)) and value.owner is not None:
        yield value, value.owner
    elif deepest:
        for inner in parts(value):
            yield from holders(inner, deepest - 1)


def parts(value: Value) -> tuple[Value, ...]:
    """What a value holds, or may be."""
    if isinstance(value, Either):
        return value.options
    if isinstance(value, Items):
        return value.items
    if isinstance(value, Many):
        return (value.of, value.source)
    if isinstance(value, Entries):
        return tuple(held for _, held in value.values)
    if isinstance(value, Object):
        return tuple(held for _, held in value.fields)
    if isinstance(value, Closure):
        return (value.receiver,) if value.receiver is not None else ()
    if isinstance(value, Method):
        return (value.receiver,)
    if isinstance(value, Pending):
        return (value.value,)
    return ()
