"""Functions that remember their answers, and for each the files it rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

from archlint.project.reads import NOTHING, Reads, Sources

K = TypeVar("K")
V = TypeVar("V")


class _Answer(msgspec.Struct, Generic[V], frozen=True):
    value: V
    sources: Sources
    leans_on: int


class Memo(Generic[K, V]):
    """A function of one argument that remembers.

    This is how a view keeps what it has found out by looking into functions or texts. With a plain
    dictionary, whoever asks second would seem to rest on nothing.

    A question that comes back to itself is answered with `circular`. What is made with that on the way
    leans on it, and is forgotten when the question is answered: asked alone, it may have another answer.
    """

    __slots__ = ("_answers", "_circular", "_find", "_open", "_reads")

    def __init__(
        self, reads: Reads, find: Callable[[K], V], circular: Callable[[K], V] | None = None
    ) -> None:
        self._reads = reads
        self._find = find
        self._circular = circular
        self._answers: dict[K, _Answer[V]] = {}
        self._open: dict[K, int] = {}

    def __call__(self, key: K) -> V:
        """The answer, found at the first call. Raises RecursionError for a cycle without `circular`."""
        known = self._answers.get(key)
        if known is not None:
            self._reads.use(known.sources, known.leans_on)
            return known.value
        if key in self._open:
            return self._come_back(key)
        question = self._reads.open()
        self._open[key] = question.depth
        try:
            value = self._find(key)
        finally:
            del self._open[key]
            self._reads.close()
        is_final = question.leans_on >= question.depth
        leans_on = NOTHING if is_final else question.leans_on
        self._answers[key] = _Answer(value, self._reads.same(question.sources), leans_on)
        if not is_final:
            self._reads.draft(leans_on, self._answers, key)
        return value

    def _come_back(self, key: K) -> V:
        if self._circular is None:
            raise RecursionError(f"the answer for {key!r} rests on itself")
        self._reads.use(0, self._open[key])
        return self._circular(key)
