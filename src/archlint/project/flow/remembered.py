"""What is remembered at one point of a run, and what is left of it where two ways meet."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

MIXED = object()
"""What is remembered where two ways that meet remember different things."""


class Begun(msgspec.Struct, frozen=True):
    """The key under which True is remembered while something lasts, by the place where it began.

    Where it begins once more meanwhile, there are two of one place, and nobody can tell them apart.
    """

    of: object


def afterwards(before: Mapping[object, object], after: Mapping[object, object]) -> Mapping[object, object]:
    """What is remembered after something that knew nothing of what was remembered before."""
    if not before or not after:
        return after or before
    state = {**before, **after}
    twice = {key.of for key in after if isinstance(key, Begun) and before.get(key) is True}
    for key in after if twice else ():
        if isinstance(key, tuple) and key[0] in twice:
            state[key] = MIXED
    return state


def met(first: Mapping[object, object], second: Mapping[object, object]) -> Mapping[object, object]:
    """What is remembered where two ways meet."""
    if first is second:
        return first
    state = dict(first)
    for key, value in second.items():
        state[key] = value if key not in state or state[key] == value else MIXED
    return state
