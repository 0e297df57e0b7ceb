"""What is remembered at one point of a run, and what is left of it where two ways meet."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

MIXED = object()
"""What is remembered where two ways that meet remember different things."""


class Begun(msgspec.Struct, frozen=True):
    """The key under which is remembered how many last of what began at one place.

    Where there are two of one place, nobody can tell them apart.
    """

    of: object

    def among(self, remembered: Mapping[object, object]) -> bool:
        """Whether one lasts, or may last."""
        return remembered.get(self, 0) != 0


class Openings(msgspec.Struct, frozen=True):
    """The key under which is remembered how many times more than once something began at one place.

    What came of one of them says nothing of what belongs to another.
    """

    of: object


class Happened(msgspec.Struct, frozen=True):
    """The base of what is remembered of something that happened to what was there before.

    Where another way comes along on which nothing is remembered of it, nobody can tell whether it happened.
    """

    def after(self, before: object) -> Happened:
        """The same as somebody sees it who remembers what happened before."""
        return self


def afterwards(before: Mapping[object, object], after: Mapping[object, object]) -> Mapping[object, object]:
    """What is remembered after something that knew nothing of what was remembered before."""
    if not before or not after:
        return after or before
    state = {**before, **after}
    for key, value in after.items():
        if isinstance(value, Happened) and key in before:
            state[key] = value.after(before[key])
        if isinstance(key, Begun) and key in before:
            again = Openings(key.of)
            state[again] = _sum(_sum(before.get(again, 0), 1), after.get(again, 0))
    twice = {key for key in after if isinstance(key, Begun) and key.among(before)}
    for begun in twice:
        state[begun] = _sum(before[begun], after[begun])
    several = {key.of for key in twice}
    for key in after if several else ():
        if isinstance(key, tuple) and key[0] in several:
            state[key] = MIXED
    return state


def begins_again(before: Mapping[object, object], after: Mapping[object, object]) -> bool:
    """Whether something that knew nothing of what was before has begun what lasts already: there are two."""
    return bool(before) and any(isinstance(key, Begun) and key.among(before) for key in after)


def _sum(first: object, second: object) -> object:
    return first + second if isinstance(first, int) and isinstance(second, int) else MIXED


def met(first: Mapping[object, object], second: Mapping[object, object]) -> Mapping[object, object]:
    """What is remembered where two ways meet."""
    if first is second:
        return first
    state = dict(first)
    for key, value in second.items():
        if key in state:
            state[key] = value if state[key] == value else MIXED
        else:
            state[key] = MIXED if _is_doubted(key, value, second) else value
    for key, value in first.items():
        if key not in second and _is_doubted(key, value, first):
            state[key] = MIXED
    return state


def _is_doubted(key: object, value: object, here: Mapping[object, object]) -> bool:
    """Whether something may not have happened on the other way, which says nothing of it."""
    return isinstance(value, Happened) and isinstance(key, tuple) and Begun(key[0]) not in here
