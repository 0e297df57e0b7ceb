"""Results that are read after their session has ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import begin
from archlint.frameworks.sqlalchemy.sessions.lives import Mark
from archlint.frameworks.sqlalchemy.values.results import ALL, ONE, ONE_OR_NONE, STRICT, Result
from archlint.project.flow.trace import Called, Iterated, Trace
from archlint.project.flow.values import Many, Value, alternatives

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.project.project import Project

_FETCHING = ALL | ONE | ONE_OR_NONE | STRICT
_LAZIEST = 4
"""Generators over generators that are looked through."""


class Reading(msgspec.Struct, frozen=True):
    """One place where rows are fetched, or what will fetch them is handed on."""

    trace: Trace
    line: int
    result: Result
    closed: Place | None
    """Where the session was closed before; None while it is open."""

    is_returned: bool = False
    """It is handed to a caller, who fetches."""


def readings(project: Project) -> Iterator[Reading]:
    """Every reading of a result whose rows hold objects.

    What a statement of an async session returns is complete, unless it is streamed.
    """
    flow = project.view(DataFlow)
    for trace, called in flow.events(Called):
        if called.receiver is not None and called.name in _FETCHING:
            yield from _of(trace, begin(called.form)[0], called.receiver, called.state)
    for trace, iterated in flow.events(Iterated):
        yield from _of(trace, begin(iterated.form)[0], iterated.value, iterated.state)
    for trace in flow.traces():
        for way in trace.exits if not _is_provider(trace) else ():
            if way.how == "return":
                yield from _of(trace, way.line, way.value, way.state, is_returned=True)


def _is_provider(trace: Trace) -> bool:
    return trace.function is None or trace.function.fact.is_generator


def _of(
    trace: Trace, line: int, value: Value, state: Mapping[object, object], *, is_returned: bool = False
) -> Iterator[Reading]:
    for option in alternatives(value):
        result = _fetched(option) if is_returned else option
        if not isinstance(result, Result) or result.owner is None or not result.has_objects:
            continue
        if result.owner.is_async is None or (result.owner.is_async and not result.is_stream):
            continue
        yield Reading(trace, line, result, _closed(result, state), is_returned)


def _fetched(value: Value) -> Value:
    """What a generator takes its values from."""
    for _ in range(_LAZIEST):
        if not isinstance(value, Many) or not value.is_lazy:
            break
        value = value.source
    return value


def _closed(result: Result, state: Mapping[object, object]) -> Place | None:
    if result.owner is None or result.owner.origin.kind != "made":
        return None
    origin = result.owner.origin
    mark = state.get((origin, "close"))
    is_over = state.get((origin, "status")) == "closed" and isinstance(mark, Mark) and mark != result.before
    return mark.place if is_over and isinstance(mark, Mark) else None
