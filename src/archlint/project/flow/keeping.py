"""What is left of values that one run keeps in an attribute, and another finds there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import Either, Entries, Items, Many, Value, any_of

if TYPE_CHECKING:
    from archlint.project.flow.trace import Trace

_HOLDING = (Behaviour, Either, Entries, Items, Many)

State = Mapping[object, object]


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
        return Many(left_behind(value.of, after), value.source)
    if isinstance(value, Entries):
        values = tuple([(name, left_behind(held, after)) for name, held in value.values])
        return Entries(values, value.is_open, left_behind(value.rest, after), value.others)
    return value


def when_over(trace: Trace) -> State:
    """What is remembered when a run has ended, and what stands behind the `yield` of its providers.

    A generator hands over to others at its `yield`: for them it is not over.
    """
    if trace.yielded is not None:
        return trace.at_yield
    if not trace.providers:
        return trace.after
    after = dict(trace.after)
    for provider in trace.providers:
        before = provider.at_yield
        after.update({key: value for key, value in provider.after.items() if before.get(key) != value})
    return after
