"""Which runs are going on, and which of them rest on one that was not finished when they asked.

Functions call each other in circles. Whoever asks for a run that is still going on gets what is there by
then, and so knows too little: such a run is kept only until the one it asked has finished, and made anew
when somebody asks again. So it does not matter with which function of a circle one begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from typing import TypeVar

from archlint.project.flow.trace import Trace

T = TypeVar("T")

_NEVER = 1 << 30
_MOST = 3
"""How often a run is made anew; a large circle would take for ever."""


class Runs:
    """The stack of runs, and what is to be forgotten when one of them ends."""

    def __init__(self) -> None:
        self._going_on: dict[int, int] = {}
        self._unsettled: dict[int, int] = {}
        self._forget: dict[int, list[tuple[Trace, Callable[[], None]]]] = {}
        """What is to be forgotten, by the depth of the run that has to end before."""

        self._tries: Counter[Hashable] = Counter()
        self._lowest = _NEVER

    def is_going_on(self, trace: Trace | None) -> bool:
        """Whether a run has begun and not ended."""
        return id(trace) in self._going_on

    def asked(self, trace: Trace) -> None:
        """Somebody takes what is kept of a run."""
        key = id(trace)
        low = self._going_on.get(key)
        if low is None:
            low = self._unsettled.get(key)
        if low is not None and low < self._lowest:
            self._lowest = low

    def run(
        self, trace: Trace, name: Hashable, execute: Callable[[], None], forget: Callable[[], None]
    ) -> None:
        """Run; `forget` takes the run out of where it is kept, in case it has to be made anew."""
        depth = len(self._going_on)
        self._going_on[id(trace)] = depth
        outer, self._lowest = self._lowest, _NEVER
        try:
            execute()
        finally:
            del self._going_on[id(trace)]
        low, self._lowest = self._lowest, outer
        self._settle(depth)
        if low >= depth:
            return
        self._tries[name] += 1
        if self._tries[name] > _MOST:
            return
        self._unsettled[id(trace)] = low
        self._forget.setdefault(low, []).append((trace, forget))
        self._lowest = min(outer, low)

    def watched(self, ask: Callable[[], T]) -> tuple[T, bool]:
        """An answer, and whether it will be the same whenever somebody asks."""
        outer, self._lowest = self._lowest, _NEVER
        answer = ask()
        low, self._lowest = self._lowest, min(outer, self._lowest)
        return answer, low == _NEVER

    def _settle(self, depth: int) -> None:
        """Forget what rested on the run that has just ended."""
        for trace, forget in self._forget.pop(depth, ()):
            del self._unsettled[id(trace)]
            forget()
