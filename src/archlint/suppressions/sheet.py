"""A file as lines, and where among them a comment may stand."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from archlint.source import encoding_of
from archlint.suppressions.scan import ENDS, STARTS

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END: Final = re.compile(r"[\r\n]+\Z")
_LAYOUT: Final = frozenset({tokenize.NL, tokenize.COMMENT, tokenize.ENCODING, tokenize.ENDMARKER})
_COOKIE: Final = re.compile(r"[ \t\f]*#.*?coding[:=]")
_NOT_TOKENS: Final = (tokenize.TokenError, SyntaxError, ValueError, LookupError, RecursionError, MemoryError)


class Unmarkable(Exception):  # noqa: N818 -- an adjective, as what is caught is said of a file
    """A file in which no comment can be written."""


class Sheet:
    """The lines of a file, from 1, with their ends. Raises Unmarkable for what is no Python."""

    def __init__(self, data: bytes) -> None:
        self.encoding = encoding_of(data)
        try:
            self.lines: list[str] = ["", *_LINE.findall(data.decode(self.encoding))]
        except (UnicodeDecodeError, LookupError) as problem:
            raise Unmarkable(f"it is not {self.encoding}") from problem
        self.comments: dict[int, int] = {}
        """The comment of a line, as the column from 0 where it starts."""

        self._before: dict[int, int] = {}
        """For each line that starts inside a string, the line on which the string starts."""

        self._continued: set[int] = set()
        """The lines that a backslash continues."""

        self._read(data)

    def end(self, number: int = 1) -> str:
        """How a line ends; where it does not, how the lines of the file do."""
        for line in (self.lines[number] if number < len(self.lines) else "", *self.lines[1:2]):
            found = _END.search(line)
            if found:
                return found[0]
        return "\n"

    def code(self, number: int) -> str:
        """A line without its end."""
        return _END.sub("", self.lines[number]) if number < len(self.lines) else ""

    def is_comment(self, number: int) -> bool:
        """Whether nothing but a comment is on a line."""
        return number in self.comments and not self.code(number)[: self.comments[number]].strip()

    def trailing(self, first: int, last: int) -> int:
        """The line after which a comment may stand that speaks of code from `first` to `last`; 0 for none."""
        number = first
        while number < len(self.lines) and (number + 1 in self._before or number in self._continued):
            number += 1
        reach = number
        while reach in self._before:
            reach = self._before[reach]
        return number if number < len(self.lines) and reach <= last else 0

    def above(self, number: int) -> bool:
        """Whether a comment may stand on a line of its own before a line."""
        return number not in self._before and number - 1 not in self._continued

    def top(self) -> int:
        """The first line before which a comment may stand without taking the place of the encoding."""
        number = 1
        while number <= 2 and (self.code(number).startswith("#!") or _COOKIE.match(self.code(number))):
            number += 1
        return number

    def _read(self, data: bytes) -> None:
        fields: list[int] = []
        for token in tokens(data):
            line, column = token.start
            if token.type == tokenize.COMMENT:
                self.comments[line] = column
            elif token.type in STARTS:
                fields.append(line)
            elif token.type in ENDS:
                self._string(fields.pop(), token.end[0])
            elif token.type == tokenize.STRING:
                self._string(line, token.end[0])
        for number in range(1, len(self.lines)):
            ends = self.code(number).endswith("\\")
            if ends and number not in self.comments and number + 1 not in self._before:
                self._continued.add(number)

    def _string(self, first: int, last: int) -> None:
        for number in range(first + 1, last + 1):
            self._before.setdefault(number, first)


def tokens(data: bytes) -> Iterator[tokenize.TokenInfo]:
    """The tokens of a file. Raises Unmarkable where it has none."""
    lines = BytesIO(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    try:
        yield from tokenize.tokenize(lines.readline)
    except _NOT_TOKENS as problem:
        raise Unmarkable("it does not parse") from problem


def substance(data: bytes) -> list[tuple[int, str]]:
    """All that a file says to Python: its tokens without comments."""
    return [(token.type, token.string) for token in tokens(data) if token.type not in _LAYOUT]
