"""What is left of values that one run keeps in an attribute, and another finds there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import (
    Either,
    Entries,
    Items,
    Many,
    Object,
    Value,
    alternatives,
    any_of,
    joined,
)

if TYPE_CHECKING:
    from archlint.project.flow.trace import Trace

_HOLDING = (Behaviour, Either, Entries, Items, Many, Object)

State = Mapping[object, object]


class Keeping:
    """What several runs have put at one place."""

    __slots__ = ("_put",)

    def __init__(self) -> None:
        self._put: dict[int, tuple[Trace | None, Value]] = {}

    def put(self, trace: Trace | None, value: Value) -> None:
        """A run puts something there; None is for what outlasts all of them."""
        _, before = self._put.get(id(trace), (trace, None))
        self._put[id(trace)] = trace, value if before is None else joined(before, value)

    def values(self) -> Iterator[Value]:
        """What was put there, as it was then."""
        return (value for _, value in self._put.values())

    def found(self) -> Value:
        """What others find there once the runs are over that put it there; UNKNOWN for nothing."""
        return any_of([_found(trace, value) for trace, value in self._put.values()])


def _found(trace: Trace | None, value: Value) -> Value:
    left = value if trace is None else left_behind(value, when_over(trace))
    return any_of([each.kept() if isinstance(each, Behaviour) else each for each in alternatives(left)])


def kept(value: Value, trace: Trace) -> Value:
    """What may be said of a value once the run is over that kept it, and what was open around that."""
    if not isinstance(value, _HOLDING):
        return value
    found = left_behind(value, when_over(trace))
    return found.kept() if isinstance(found, Behaviour) else found


def left_behind(value: Value, after: State) -> Value:
    """A value, or all that a list or dict holds, as others find it when that is remembered."""
    if isinstance(value, Behaviour):
        return value.left_behind(after)
    if isinstance(value, Either):
        return any_of([left_behind(option, after) for option in value.options])
    if isinstance(value, Items):
        return Items(value.kind, tuple([left_behind(item, after) for item in value.items]))
    if isinstance(value, Many):
        return Many(left_behind(value.of, after), value.source, value.is_lazy)
    if isinstance(value, Object) and value.fields:
        return Object(value.of, tuple([(name, left_behind(held, after)) for name, held in value.fields]))
    if isinstance(value, Entries):
        values = tuple([(name, left_behind(held, after)) for name, held in value.values])
        return Entries(values, value.is_open, left_behind(value.rest, after), value.others)
    return value


def when_over(trace: Trace) -> State:
    """What is remembered when a run has ended, and what stands behind the `yield` of its providers.

    A generator hands over to others at its `yield`, a middleware where it calls the handler that it was
    given: for them it is not over.
    """
    if trace.yielded is not None:
        return trace.at_yield
    if trace.handed_over is not None:
        return trace.handed_over
    if not trace.providers:
        return trace.after
    after = dict(trace.after)
    for provider in trace.providers:
        before = provider.at_yield
        after.update({key: value for key, value in provider.after.items() if before.get(key) != value})
    return after
