"""How connections of drivers are used once they are closed, or entered once they are started."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.drivers.connections import Cursor, OpenConnection, connections
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.sessions.lives import Mark
from archlint.frameworks.sqlalchemy.sessions.owner import Origin
from archlint.project.flow.trace import Called, Opened, Trace
from archlint.project.flow.values import Either, Entries, Items, Object, Value, something

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.project.project import Project

_HARMLESS: Final = frozenset({"cancel", "close", "interrupt", "is_closed", "release", "terminate"})
"""What a closed connection can still be asked to do."""

_ANSWERING_CLOSED: Final = frozenset({"psycopg"})
"""Drivers whose cursors have their rows already."""

_DEEPEST: Final = 3


class UsedClosed(msgspec.Struct, frozen=True):
    """A use of a closed connection, or a return of one."""

    at: Place
    closed: Place
    is_returned: bool
    is_put_away: bool = False
    """It was put on the application, for handlers to find."""


def uses_of_closed(project: Project) -> Iterator[UsedClosed | None]:
    """Every use and return of a connection; None where it is open, or nobody can tell."""
    flow = project.view(DataFlow)
    for trace, called in flow.events(Called):
        if called.receiver is None or called.name in _HARMLESS:
            continue
        for each in something(called.receiver):
            if isinstance(each, Cursor) and each.of.driver.name in _ANSWERING_CLOSED:
                continue
            for connection in connections(each):
                closed = closed_place(connection, called.state)
                at = Place(trace.module, called.form.line, 0)
                yield None if closed is None else UsedClosed(at, closed, is_returned=False)
    for trace in flow.traces():
        yield from _returned(trace)


def _returned(trace: Trace) -> Iterator[UsedClosed | None]:
    for way in trace.exits if trace.function is not None else ():
        for connection in held_connections(way.value) if way.how == "return" else ():
            closed = closed_place(connection, way.state)
            is_own = closed is not None and closed.module is trace.module
            at = Place(trace.module, way.line, 0)
            yield UsedClosed(at, closed, is_returned=True) if closed is not None and is_own else None


def closed_place(connection: OpenConnection, state: Mapping[object, object]) -> Place | None:
    """Where a connection was surely closed."""
    origin = connection.owner.origin
    mark = state.get((origin, "close"))
    is_closed = origin.kind == "made" and not connection.is_kept and state.get((origin, "status")) == "closed"
    return mark.place if is_closed and isinstance(mark, Mark) else None


def held_connections(value: Value, deepest: int = _DEEPEST) -> Iterator[OpenConnection]:
    """The connections that a value is or keeps."""
    yield from connections(value)
    inside: tuple[Value, ...] = ()
    if isinstance(value, Either):
        inside = value.options
    elif isinstance(value, Items):
        inside = value.items
    elif isinstance(value, Object):
        inside = tuple(held for _, held in value.fields)
    elif isinstance(value, Entries):
        inside = tuple(held for _, held in value.values)
    for each in inside if deepest else ():
        yield from held_connections(each, deepest - 1)


def entered_again(
    project: Project, outliving: frozenset[Origin]
) -> Iterator[tuple[Trace, Opened, bool | None]]:
    """Every connection whose `async with` starts it; True where it is started by then.

    False where later calls start it again, as those do that are put away unstarted (`outliving`); None where
    neither is so.
    """
    for trace, opened in project.view(DataFlow).events(Opened):
        for each in something(opened.value):
            if not isinstance(each, OpenConnection) or each.driver.name != "aiosqlite" or not opened.is_async:
                continue
            if each.is_started and each.owner.origin.kind == "made":
                yield trace, opened, True
            elif trace.function is not None and _outlives(each.owner.origin, outliving):
                yield trace, opened, False
            else:
                yield trace, opened, None


def _outlives(origin: Origin, outliving: frozenset[Origin]) -> bool:
    """Whether a connection is made by a module, or kept by what lasts."""
    return origin in outliving or (origin.kind == "made" and not origin.is_local)
