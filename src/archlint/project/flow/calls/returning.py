"""What comes back from a run: its result as the caller gets it, and what is remembered by then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archlint.project.answer import UNKNOWN
from archlint.project.flow.path import Path
from archlint.project.flow.remembered import afterwards
from archlint.project.flow.values import Entries, Many, Pending, Value, alternatives

if TYPE_CHECKING:
    from archlint.project.flow.trace import Trace
    from archlint.project.functions import ProjectFunction


_IN_A_THREAD = frozenset({"sync_to_async", "database_sync_to_async"})
"""Decorators that make a coroutine of what a plain function gives."""


def given_back(function: ProjectFunction, trace: Trace) -> Value:
    """What a call gives: a coroutine of an async function, any number of what a generator yields."""
    fact = function.fact
    if fact.is_generator:
        return Many(UNKNOWN if trace.yielded is None else trace.yielded)
    result = trace.result
    if fact.decorators and Entries in {option.__class__ for option in alternatives(result)}:
        result = result if function.is_handed_on else UNKNOWN
    is_awaited = fact.is_async or not _IN_A_THREAD.isdisjoint(function.decorators)
    return Pending(result) if is_awaited else result


def ends(states: list[Mapping[object, object]], before: Mapping[object, object]) -> Mapping[object, object]:
    """What is remembered at the end, whichever way a body is left: `states` are those of its exits."""
    if not states:
        return before
    path = Path({}, states[0])
    for state in states[1:]:
        path = path.joined(Path({}, state))
    return path.state


def after_call(trace: Trace, state: Mapping[object, object]) -> Mapping[object, object]:
    """What is remembered after a call: a run on its own began with nothing, and says only what it did."""
    return {**state, **trace.after} if trace.before else afterwards(state, trace.after)
