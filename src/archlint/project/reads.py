"""What an answer rests on: the files that were looked into to give it.

Everything may rest on the interface of all files; that is not written down. What is: the files of which
somebody has read more than that, the inside of a function or the text. A view that keeps what it has read
to itself is noted in their stead: who asks it rests on all that it may have read for anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias


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

NOTHING = 1 << 30
"""What a final answer leans on."""


@dataclass(slots=True)
class Question:
    """A question that is being answered."""

    depth: int
    sources: set[Source] = field(default_factory=set)
    leans_on: int = NOTHING
    """The depth of the outermost open question that this one came back to."""

    drafts: list[tuple[int, dict[Any, Any], Any]] = field(default_factory=list)
    """Answers that were made within and are not final: what each leans on, and where it is kept."""

    @property
    def looks(self) -> set[Seen]:
        """The files that were looked into."""
        return {source for source in self.sources if not isinstance(source, type)}

    @property
    def views(self) -> set[type]:
        """The views that were asked and keep to themselves what they have read."""
        return {source for source in self.sources if isinstance(source, type)}


class Reads:
    """Notes which files are looked into. What is read for a question within another counts for both."""

    def __init__(self) -> None:
        self._open = [Question(0)]
        self._behind: dict[type, set[Seen]] = {}
        self._kept: dict[frozenset[Source], frozenset[Source]] = {}

    def add(self, source: Source) -> None:
        """Somebody looks into a file, or asks a view."""
        self._open[-1].sources.add(source)

    def use(self, sources: Collection[Source], leans_on: int = NOTHING) -> None:
        """Somebody uses an answer that rests on these."""
        question = self._open[-1]
        if sources:
            question.sources.update(sources)
        if leans_on < question.leans_on:
            question.leans_on = leans_on

    @contextmanager
    def noted(self) -> Iterator[Question]:
        """What is read within, on its own or for others."""
        question = self.open()
        try:
            yield question
        finally:
            self.close()
            for view in question.views:
                self._behind.setdefault(view, set()).update(question.looks)

    @property
    def behind(self) -> Mapping[type, Collection[Seen]]:
        """What was read by anybody who asked a view that keeps it to itself."""
        return self._behind

    def same(self, sources: Collection[Source]) -> frozenset[Source]:
        """The one object for these sources: very many answers rest on the same few."""
        kept = frozenset(sources)  # Python makes a new one even where it is empty
        return self._kept.setdefault(kept, kept)

    def open(self) -> Question:
        """Begin a question within the one that is open."""
        question = Question(len(self._open))
        self._open.append(question)
        return question

    def close(self) -> None:
        """End the question that was opened last."""
        question = self._open.pop()
        around = self._open[-1]
        if question.sources:
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
