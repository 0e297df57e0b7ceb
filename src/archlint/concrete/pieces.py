"""A text in pieces that can be parsed alone, so that only those with new syntax are ever rewritten.

Python's own parser is much faster than libcst, and most statements of a file are in words that it knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from archlint.concrete.heads import lowered_head
from archlint.concrete.sheet import accepts

_NOTHING = re.compile(r"[ \t]*(?:#|[\r\n]|\Z)")
_INDENT = re.compile(r"[ \t]*")
_GOES_ON = re.compile(r"[ \t]*(?:else|elif|except|finally)\b")
_DEFINITION = re.compile(r"[ \t]*(?:async[ \t]+def|class|def)\b")
_BLOCK = "if 1:\n"
"""What an indented piece needs before it to be a program."""


class Pieces(msgspec.Struct, frozen=True):
    """A text, its logical lines by where they start, and what rewrites a program in new words.

    What `rewrite` raises, `whole` raises.
    """

    text: str
    lines: Sequence[int]
    rewrite: Callable[[str], str]

    def whole(self) -> str:
        """The text with those pieces rewritten that the running Python rejects."""
        lines = [line for line in self.lines if not _NOTHING.match(self.text, line)]
        starts = (0, *self._statements(lines)[1:], len(self.text))
        return "".join(self._piece(start, end, lines) for start, end in pairwise(starts))

    def _piece(self, start: int, end: int, around: Sequence[int]) -> str:
        """One piece: as it is, or rewritten; of a definition only the statements that need it."""
        lines = [line for line in around if start <= line < end]
        block = _BLOCK if lines and self._indent(lines[0]) else ""
        known = self._known(start, end, lines, block)
        if known is not None:
            return known
        first, *others = (*self._members(lines)[1:], end)
        head = self._known(start, first, lines, block)
        if head is None:
            head = self.rewrite(block + self.text[start:first]).removeprefix(block)
        return head + "".join(self._piece(*span, lines) for span in pairwise((first, *others)))

    def _known(self, start: int, end: int, lines: Sequence[int], block: str) -> str | None:
        """A piece that the running Python can parse, as it is or with its head in older words."""
        text = self.text[start:end]
        if accepts((block + text).encode()):
            return text
        heads = (
            line - start for line in lines if not self.text.startswith("@", line + len(self._indent(line)))
        )
        lowered = lowered_head(text, next(heads, 0))
        return lowered if lowered is not None and accepts((block + lowered).encode()) else None

    def _members(self, lines: Sequence[int]) -> list[int]:
        """Where the statements inside a definition start; nothing for what is none."""
        inner = next((at for at, line in enumerate(lines) if self._indent(line) != self._indent(lines[0])), 0)
        is_definition = inner and _DEFINITION.match(self.text, lines[inner - 1])
        return self._statements(lines[inner:]) if is_definition else []

    def _statements(self, lines: Sequence[int]) -> list[int]:
        """Where those statements start that are as far in as the first of these lines."""
        found: list[int] = []
        is_decorated = False
        for line in lines:
            indent = self._indent(line)
            if indent != self._indent(lines[0]) or _GOES_ON.match(self.text, line):
                continue
            if not is_decorated:
                found.append(line)
            is_decorated = self.text.startswith("@", line + len(indent))
        return found

    def _indent(self, line: int) -> str:
        found = _INDENT.match(self.text, line)
        return found[0] if found else ""
