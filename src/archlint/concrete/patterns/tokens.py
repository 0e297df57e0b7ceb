"""The tokens of a pattern: Python's, and those that leave something open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

NAME: Final = "name"
STRING: Final = "string"
ONE: Final = "one"
MANY: Final = "many"
GAP: Final = "gap"
WITHIN: Final = "within"
OTHER: Final = "other"

_TOKEN: Final = re.compile(
    r"""
    (?P<string>(?i:\b[rbuft]{1,2})?(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
    |(?P<comment>\#[^\n]*)
    |(?P<many>\$\.\.\.(?P<sequence>[A-Z_][A-Z0-9_]*))
    |(?P<one>\$(?P<single>[A-Z_][A-Z0-9_]*))
    |(?P<within><\.\.\.|\.\.\.>)
    |(?P<gap>\.\.\.)
    |(?P<name>[^\W\d]\w*)
    |(?P<space>[ \t\r\n]+)
    |(?P<other>\d[\w.]*|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_TOO_LONG: Final = re.compile(r"[A-Za-z0-9_]")


class PatternError(ValueError):
    """What is wrong with a pattern, and where in it, from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class Token(msgspec.Struct, frozen=True):
    """One token with the space before it. `name` is that of a metavariable."""

    kind: str
    text: str
    before: str
    line: int
    column: int
    name: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it leaves something open."""
        return self.kind in (ONE, MANY, GAP)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a pattern, comments left out. Raises PatternError for a malformed metavariable."""
    before, at = "", 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:  # pragma: no cover -- the last alternative takes any character
            raise PatternError("this is no token of Python", *_place(text, at))
        kind = found.lastgroup or OTHER
        end = found.end()
        if kind == "space":
            before += found[0]
        elif kind != "comment":
            if kind in (ONE, MANY) and _TOO_LONG.match(text, end):
                message = f"`{found[0]}` goes on with `{text[end]}`; metavariables are in capitals"
                raise PatternError(message, *_place(text, at))
            if found[0] == "$":
                raise PatternError("`$` needs the name of a metavariable in capitals", *_place(text, at))
            name = found["sequence"] or found["single"] or ""
            yield Token(kind, found[0], before, *_place(text, at), name)
            before = ""
        at = end


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
