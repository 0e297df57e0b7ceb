"""What an answer rests on: the files that were looked into to give it.

Everything may rest on the interface of all files; that is not written down. What is: the files of which
somebody has read more than that, the inside of a function or the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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

    def use(self, paths: Iterable[str], leans_on: int = NOTHING) -> None:
        """Somebody uses an answer that rests on these files."""
        question = self._open[-1]
        question.paths.update(paths)
        question.leans_on = min(question.leans_on, leans_on)

    @contextmanager
    def noted(self) -> Iterator[Question]:
        """What is read within."""
        question = Question(len(self._open))
        self._open.append(question)
        try:
            yield question
        finally:
            self._open.pop()
            self._hand_on(question, self._open[-1])

    def draft(self, leans_on: int, answers: dict[Any, Any], key: object) -> None:
        """An answer is kept that is to be forgotten when the question it leans on is answered."""
        self._open[-1].drafts.append((leans_on, answers, key))

    def _hand_on(self, question: Question, around: Question) -> None:
        around.paths |= question.paths
        if question.leans_on < question.depth:
            around.leans_on = min(around.leans_on, question.leans_on)
        for draft in question.drafts:
            leans_on, answers, key = draft
            if leans_on >= question.depth:
                answers.pop(key, None)
            else:
                around.drafts.append(draft)
