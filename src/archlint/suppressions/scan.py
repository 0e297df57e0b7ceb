"""Finds the suppressions of a file in its tokens, so that a string is never taken for a comment."""

from __future__ import annotations

import tokenize
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Final

from archlint.suppressions.model import Name, Suppression
from archlint.suppressions.pragma import IGNORE_FILE, Pragma, pragmas

_MARK: Final = b"archlint:"
_LAYOUT: Final = frozenset({tokenize.ENCODING, tokenize.NL, tokenize.ENDMARKER})
STARTS: Final = frozenset(
    kind for name in ("FSTRING_START", "TSTRING_START") if (kind := getattr(tokenize, name, None)) is not None
)
ENDS: Final = frozenset(
    kind for name in ("FSTRING_END", "TSTRING_END") if (kind := getattr(tokenize, name, None)) is not None
)
"""The tokens that newer Pythons make of a formatted string, which is one token for older ones."""

_NESTED_FILE: Final = "`ignore-file` counts only at the top level of a file"

# What the tokenizer raises, on one version or another, for a file that is not Python.
_NOT_TOKENS: Final = (tokenize.TokenError, SyntaxError, ValueError, LookupError, RecursionError, MemoryError)


def parse(data: bytes) -> tuple[Suppression, ...]:
    """The suppressions of a file, in order. Never raises: what comes before a fault still counts."""
    if _MARK not in data:
        return ()
    scan = _Scan()
    for token in _tokens(data):
        scan.take(token)
    return tuple(sorted(scan.finish(), key=lambda each: (each.line, each.column)))


def _tokens(data: bytes) -> Iterator[tokenize.TokenInfo]:
    # Python counts a lone carriage return as the end of a line; the tokenizer does not.
    lines = BytesIO(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    with suppress(*_NOT_TOKENS):
        yield from tokenize.tokenize(lines.readline)


class _Scan:
    """Follows the tokens and tells which code each comment speaks of.

    A comment after code speaks of its line. A comment on a line of its own speaks of the next
    statement, decorators together with what they decorate, or of the next line inside brackets.
    """

    def __init__(self) -> None:
        self.found: list[Suppression] = []
        self.waiting: list[tuple[int, int, Pragma]] = []  # on lines of their own, before a statement
        self.inside: list[tuple[int, int, Pragma]] = []  # the same, inside brackets
        self.depth = 0
        self.statement = 0  # the first line of the open statement, 0 between statements
        self.decorated = 0  # the first line of the decorators above it
        self.code = 0  # the last line with code
        self.strings = 0  # how many formatted strings are open
        self.reach = 0  # where the code that touches that line starts

    def take(self, token: tokenize.TokenInfo) -> None:
        if token.type == tokenize.COMMENT:
            self.comment(token)
        elif token.type == tokenize.INDENT:
            self.depth += 1
        elif token.type == tokenize.DEDENT:
            self.depth -= 1
        elif token.type == tokenize.NEWLINE:
            self.end_statement()
        elif token.type not in _LAYOUT:
            self.take_code(token)

    def take_code(self, token: tokenize.TokenInfo) -> None:
        line = token.start[0]
        if not self.statement:
            self.statement = line
            if token.string == "@":
                self.decorated = self.decorated or line
            elif self.decorated:
                self.statement, self.decorated = self.decorated, 0
        if line > self.code and not self.strings:
            self.reach = line
        self.strings += (token.type in STARTS) - (token.type in ENDS)
        for comment in self.inside:
            self.add(comment, self.statement, line, line)
        self.inside.clear()
        self.code = token.end[0]

    def end_statement(self) -> None:
        if not self.decorated:
            for comment in self.waiting:
                # Between a decorator and its function, only what is below is meant.
                self.add(comment, max(self.statement, comment[0] + 1), self.code)
            self.waiting.clear()
        self.statement = 0

    def comment(self, token: tokenize.TokenInfo) -> None:
        line, column = token.start
        alone = line != self.code
        for pragma in pragmas(token.string):
            comment = (line, column, pragma)
            if pragma.fault:
                self.add(comment)
            elif pragma.verb == IGNORE_FILE:
                nested = (self.statement or column) if alone else self.depth
                self.add(comment, fault=_NESTED_FILE if nested else "")
            elif not alone:
                self.add(comment, self.statement, line, self.reach)
            else:
                (self.inside if self.statement else self.waiting).append(comment)

    def add(
        self, comment: tuple[int, int, Pragma], first: int = 1, last: int = 0, reach: int = 0, fault: str = ""
    ) -> None:
        line, column, pragma = comment
        names = tuple(Name(text, column + offset + 1) for text, offset in pragma.names)
        self.found.append(
            Suppression(
                line=line,
                column=column + pragma.start + 1,
                end_column=column + pragma.end + 1,
                names=names,
                reason=pragma.reason,
                expires=pragma.expires,
                fault=pragma.fault or fault,
                whole_file=pragma.verb == IGNORE_FILE and not fault,
                first=first,
                last=last,
                reach=reach,
            )
        )

    def finish(self) -> Iterator[Suppression]:
        # No code follows: these cover nothing, and will be told to be unused.
        for comment in self.waiting + self.inside:
            self.add(comment)
        yield from self.found
