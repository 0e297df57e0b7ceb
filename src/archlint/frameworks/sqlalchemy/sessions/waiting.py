"""What waits for a commit where a run ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.frameworks.sqlalchemy.sessions.lives import Writing, is_never_committed
from archlint.frameworks.sqlalchemy.sessions.owner import Origin
from archlint.project.flow.remembered import MIXED
from archlint.project.flow.trace import Exit, Trace

State = Mapping[object, object]


def ended_ways(trace: Trace) -> list[Exit]:
    """The ends of a run but for those that raise."""
    return [way for way in trace.exits if way.how != "raise"]


def last_writings(state: State) -> Iterator[tuple[Origin, Writing]]:
    """The last change of each session; those that were made on some ways only, if none is committed."""
    for key, value in state.items():
        if not isinstance(key, tuple) or key[1] != "writing":
            continue
        if isinstance(value, Writing):
            yield key[0], value
        elif value is MIXED and state.get((key[0], "reopened")) is None:
            found = [each for origin, each in writings(state) if origin == key[0]]
            yield from ((key[0], each) for each in found if is_never_committed(state.get, key[0], each))


def writings(state: State) -> Iterator[tuple[Origin, Writing]]:
    """All changes, those too that others followed."""
    for key, value in state.items():
        if isinstance(value, Writing) and isinstance(key, tuple) and isinstance(key[0], Origin):
            yield key[0], value
