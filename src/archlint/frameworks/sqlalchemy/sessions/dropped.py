"""Objects that open a session when they are made, can close it, and are dropped with it open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.handlers import runs_once
from archlint.frameworks.sqlalchemy.sessions.holding import parts
from archlint.frameworks.sqlalchemy.sessions.reach import shares_names
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.sessions.transacting import transaction_of
from archlint.project.flow.trace import Called, Exit, Placed, Trace, Written
from archlint.project.flow.values import Object

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.sessions.owner import Origin
    from archlint.project.flow.values import Value
    from archlint.project.project import Project

_DEEPEST = 3
_CLOSING = frozenset({"aclose", "close", "remove"})
_LAST = "__del__"
"""What Python calls when nobody has the object any more."""


class Dropped(msgspec.Struct, frozen=True):
    """One object that is dropped while its session has a connection."""

    trace: Trace
    made: Called
    way_out: Exit
    closer: str
    """The method by which others close it."""


def dropped_objects(project: Project) -> Iterator[Dropped | None]:
    """The objects that a function makes with a session; None for each that is closed or handed on."""
    flow = project.view(DataFlow)
    closers = _closers(flow.traces())
    aside = [value for _, value in flow.flow.shelves] if closers else []
    for trace in flow.traces() if closers else ():
        function = trace.function
        if function is None or function.fact.is_generator or runs_once(function):
            continue
        for made, origin in _opened_in(trace):
            if origin not in closers:
                continue
            way = _left(trace, origin)
            if way is None or shares_names(function) or _is_among(made.result, (*_handed_on(trace), *aside)):
                yield None
            else:
                yield Dropped(trace, made, way, closers[origin])


def _closers(traces: Iterable[Trace]) -> dict[Origin, str]:
    """The sessions that a method of their object closes, and its name; none that end with their object."""
    found: dict[Origin, str] = {}
    for trace in traces:
        if trace.function is None or not isinstance(trace.receiver, Object):
            continue
        for event in trace.events:
            if isinstance(event, Called) and event.name in _CLOSING and isinstance(event.receiver, Session):
                name = trace.function.fact.name
                found[event.receiver.origin] = name if found.get(event.receiver.origin) != _LAST else _LAST
    return {origin: name for origin, name in found.items() if name != _LAST}


def _opened_in(trace: Trace) -> Iterator[tuple[Called, Origin]]:
    """The objects that a run makes, with the sessions that their constructor has opened and keeps."""
    for made in trace.events:
        if not isinstance(made, Called) or made.trace is None or not isinstance(made.result, Object):
            continue
        inside = made.trace
        if inside.function is None or inside.function.fact.name != "__init__":
            continue
        for event in inside.events:
            if isinstance(event, Written) and isinstance(event.value, Session) and _is_own(inside, event):
                yield made, event.value.origin


def _is_own(inside: Trace, event: Written) -> bool:
    """Whether a constructor sets an attribute of its object to a session that it has made."""
    place = event.value.origin.place if isinstance(event.value, Session) else None
    return event.receiver == inside.receiver and place is not None and place.module is inside.module


def _left(trace: Trace, origin: Origin) -> Exit | None:
    """A way out on which a session is open and has a connection."""
    for way in trace.exits:
        is_open = way.how != "raise" and way.state.get((origin, "status")) == "open"
        if is_open and transaction_of(way.state.get, origin) is not None:
            return way
    return None


def _handed_on(trace: Trace) -> Iterator[Value]:
    yield from (way.value for way in trace.exits)
    for event in trace.events:
        if isinstance(event, (Placed, Written)):
            yield event.value
        elif isinstance(event, Called):
            yield from event.arguments.positional
            yield from (value for _, value in event.arguments.named)


def _is_among(made: Value, values: Iterable[Value], deepest: int = _DEEPEST) -> bool:
    """Whether values are an object, or hold it: it may last longer than the run that makes it."""
    return any(
        value == made or (deepest > 0 and _is_among(made, parts(value), deepest - 1)) for value in values
    )
