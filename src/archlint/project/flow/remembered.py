"""What is remembered at one point of a run, and what is left of it where two ways meet."""

from __future__ import annotations

from collections.abc import Mapping

MIXED = object()
"""What is remembered where two ways that meet remember different things."""


def met(first: Mapping[object, object], second: Mapping[object, object]) -> Mapping[object, object]:
    """What is remembered where two ways meet."""
    if first is second:
        return first
    state = dict(first)
    for key, value in second.items():
        state[key] = value if key not in state or state[key] == value else MIXED
    return state
