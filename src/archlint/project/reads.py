"""What an answer rests on: the files that were looked into to give it.

Everything may rest on the interface of all files; that is not written down. What is: the files of which
somebody has read more than that, the inside of a function or the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

NOTHING = 1 << 30
"""What a final answer leans on."""


@dataclass(slots=True)
class Question:
    """A question that is being answered."""

    depth: int
    paths: set[str] = field(default_factory=set)
    leans_on: int = NOTHING
    """The depth of the outermost open question that this one came back to."""

    drafts: list[tuple[int, dict[Any, Any], Any]] = field(default_factory=list)
    """Answers that were made within and are not final: what each leans on, and where it is kept."""


class Reads:
    """Notes which files are looked into. What is read for a question within another counts for both."""

    def __init__(self) -> None:
        self._open = [Question(0)]

    def add(self, path: str) -> None:
        """Somebody looks into a file, there or not."""
        self._open[-1].paths.add(path)

    def use(self, paths: Collection[str], leans_on: int = NOTHING) -> None:
        """Somebody uses an answer that rests on these files."""
        question = self._open[-1]
        if paths:
            question.paths.update(paths)
        if leans_on < question.leans_on:
            question.leans_on = leans_on

    @contextmanager
    def noted(self) -> Iterator[Question]:
        """What is read within."""
        question = self.open()
        try:
            yield question
        finally:
            self.close()

    def open(self) -> Question:
        """Begin a question within the one that is open."""
        question = Question(len(self._open))
        self._open.append(question)
        return question

    def close(self) -> None:
        """End the question that was opened last."""
        question = self._open.pop()
        around = self._open[-1]
        if question.paths:
            around.paths |= question.paths
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
