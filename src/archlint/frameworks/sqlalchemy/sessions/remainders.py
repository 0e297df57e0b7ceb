"""What is left of the last batch: a loop commits every hundredth change, and nobody commits behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Operation
from archlint.facts.forms import walked
from archlint.facts.statements import For, If, While
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.sessions.blocks import last_line
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.sessions.waiting import ended_ways, writings
from archlint.project.flow.remembered import MIXED
from archlint.project.flow.trace import Called
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.frameworks.sqlalchemy.sessions.lives import Writing
    from archlint.frameworks.sqlalchemy.sessions.owner import Origin
    from archlint.project.flow.trace import Exit, Trace
    from archlint.project.project import Project

_Loop = For | While


class Remainder(msgspec.Struct, frozen=True):
    """A change of a loop that is committed in batches only."""

    writing: Writing
    trace: Trace
    way_out: Exit


def lost_remainders(project: Project) -> Iterator[Remainder]:
    """The changes of loops that commit in batches, in sessions that are closed behind that."""
    for trace in project.view(DataFlow).traces():
        for origin, loop in _batched(trace).items():
            for way in ended_ways(trace):
                if _is_left(way, origin):
                    yield from (Remainder(each, trace, way) for each in _changes(trace, way, origin, loop))


def _is_left(way: Exit, origin: Origin) -> bool:
    """Whether a session is closed at a way out, and committed on some of the ways there only."""
    is_closed = way.state.get((origin, "status")) == "closed"
    return is_closed and way.state.get((origin, "commit")) is MIXED


def _changes(trace: Trace, way: Exit, origin: Origin, loop: _Loop) -> Iterator[Writing]:
    """What a loop changes in a session by itself."""
    lines = range(loop.line, last_line(loop.body) + 1)
    for of, writing in writings(way.state):
        if of == origin and writing.place.module is trace.module and writing.place.line in lines:
            yield writing


def _batched(trace: Trace) -> dict[Origin, _Loop]:
    """The sessions that a run makes and commits for every so many turns of a loop only, and that loop."""
    found: dict[Origin, _Loop] = {}
    others: set[Origin] = set()
    for event, origin in _commits(trace):
        loop = event.context.loops[-1].form if event.context.loops else None
        if isinstance(loop, _Loop) and _is_counted(loop, event.form.line):
            found[origin] = loop
        else:
            others.add(origin)
    return {origin: loop for origin, loop in found.items() if origin not in others}


def _commits(trace: Trace) -> Iterator[tuple[Called, Origin]]:
    for event in trace.events:
        if isinstance(event, Called) and event.name == "commit" and event.receiver is not None:
            for session in something(event.receiver):
                if isinstance(session, Session) and session.origin.kind == "made":
                    yield event, session.origin


def _is_counted(loop: _Loop, line: int) -> bool:
    """Whether a line of a loop is reached for every so many turns: `if count % 100 == 0`."""
    return any(
        isinstance(each, If) and each.line < line <= last_line(each.body) and _is_remainder(each.test)
        for each in loop.body
    )


def _is_remainder(test: Expression) -> bool:
    """Whether a test asks for nothing but a remainder: with `or`, it may ask for the last turn, too."""
    operators = {each.operator for each in walked((test,)) if isinstance(each, Operation)}
    return "%" in operators and operators.isdisjoint({"and", "or"})
