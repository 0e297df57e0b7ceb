"""What an answer rests on: the files that were looked into to give it.

Everything may rest on the interface of all files; that is not written down. What is: the files of which
somebody has read more than that, the inside of a function or the text. A view that keeps what it has read
to itself is noted in their stead: who asks it rests on all that it may have read for anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from itertools import compress
from typing import Any, TypeAlias

import msgspec


class Look(str, Enum):
    """How closely somebody looks into a file."""

    INSIDE = "inside"
    """At the insides of its functions."""

    PLACES = "places"
    """At the lines that its code stands on."""

    TEXT = "text"


Seen: TypeAlias = tuple[Look, str]
"""A look into a file, there or not, by its path."""

Source: TypeAlias = "Seen | type"
"""What is looked into, or a view that keeps to itself what it has looked into."""

Sources: TypeAlias = int
"""A set of sources, a bit for each: many answers rest on hundreds, and all that is done is to unite them."""

NOTHING = 1 << 30
"""What a final answer leans on."""


class Question(msgspec.Struct):
    """A question that is being answered."""

    depth: int
    sources: Sources = 0
    leans_on: int = NOTHING
    """The depth of the outermost open question that this one came back to."""

    drafts: list[tuple[int, dict[Any, Any], Any]] = msgspec.field(default_factory=list)
    """Answers that were made within and are not final: what each leans on, and where it is kept."""


class Noted(msgspec.Struct):
    """What somebody has read, on his own or through others; empty while he reads."""

    looks: frozenset[Seen] = frozenset()
    """The files that were looked into."""

    views: frozenset[type] = frozenset()
    """The views that were asked and keep to themselves what they have read."""


class Reads:
    """Notes which files are looked into. What is read for a question within another counts for both."""

    def __init__(self) -> None:
        self._open = [Question(0)]
        self._bits: dict[Source, Sources] = {}
        self._behind: dict[type, set[Seen]] = {}
        self._kept: dict[Sources, Sources] = {}

    def one(self, source: Source) -> Sources:
        """A source as a set of its own."""
        bit = self._bits.get(source)
        if bit is None:
            bit = self._bits[source] = 1 << len(self._bits)
        return bit

    def add(self, source: Source) -> None:
        """Somebody looks into a file, or asks a view."""
        self._open[-1].sources |= self.one(source)

    def use(self, sources: Sources, leans_on: int = NOTHING) -> None:
        """Somebody uses an answer that rests on these."""
        question = self._open[-1]
        question.sources |= sources
        if leans_on < question.leans_on:
            question.leans_on = leans_on

    @contextmanager
    def noted(self) -> Iterator[Noted]:
        """What is read within."""
        question, noted = self.open(), Noted()
        try:
            yield noted
        finally:
            self.close()
            sources = self._told_apart(question.sources)
            noted.looks = frozenset(source for source in sources if not isinstance(source, type))
            noted.views = frozenset(source for source in sources if isinstance(source, type))
            for view in noted.views:
                self._behind.setdefault(view, set()).update(noted.looks)

    def _told_apart(self, sources: Sources) -> list[Source]:
        return list(compress(self._bits, map("1".__eq__, reversed(f"{sources:b}"))))

    @property
    def behind(self) -> Mapping[type, Collection[Seen]]:
        """What was read by anybody who asked a view that keeps it to itself."""
        return self._behind

    def same(self, sources: Sources) -> Sources:
        """The one object for these sources: very many answers rest on the same few."""
        return self._kept.setdefault(sources, sources)

    def open(self) -> Question:
        """Begin a question within the one that is open."""
        question = Question(len(self._open))
        self._open.append(question)
        return question

    def close(self) -> None:
        """End the question that was opened last."""
        question = self._open.pop()
        around = self._open[-1]
        around.sources |= question.sources
        if question.leans_on < question.depth:
            around.leans_on = min(around.leans_on, question.leans_on)
        for draft in question.drafts:
            leans_on, answers, key = draft
            if leans_on >= question.depth:
                answers.pop(key, None)
            else:
                around.drafts.append(draft)

    def draft(self, leans_on: int, answers: dict[Any, Any], key: object) -> None:
        """An answer is kept that is to be forgotten when the question it leans on is answered."""
        self._open[-1].drafts.append((leans_on, answers, key))
