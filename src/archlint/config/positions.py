"""Where each key and each array element stands in a TOML text, since tomli does not say.

The text is taken to be valid: tomli has read it before. One pass over the tokens with a stack of its
own, so that no nesting is too deep for it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, TypeAlias

import tomli

KeyPath: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]
"""Line and column; both start at 1 and count characters."""

DEPTH: Final = 16
"""Deeper paths are not told apart: no configuration is that deep, and hostile ones stay cheap."""

_TOKEN: Final = re.compile(
    r'''
      (?P<blank> [ \t]+ | \#[^\n]* )
    | (?P<newline> \n )
    | (?P<string>
          """ (?: \\. | [^\\] )*? """ "{0,2}
        | \'\'\' .*? \'\'\' \'{0,2}
        | " (?: \\. | [^"\\\n] )* "
        | ' [^'\n]* '
      )
    | (?P<mark> [\[\]{}=,.] )
    | (?P<bare> [^\s\#\[\]{}=,."']+ )
    ''',
    re.VERBOSE | re.DOTALL,
)


def positions(text: str) -> dict[KeyPath, Place]:
    """The place of every key (its own last part) and of every array element, by key path.

    `("rules", "layers/restricted-use", 1, "symbols", 0)` is the first symbol of the second instance.
    A key that several headers name stands where it is named first.
    """
    scan = _Scan()
    for token in _TOKEN.finditer(text):
        scan.step(token.lastgroup or "", token.group(), token.start())
    lines = [0, *(newline.end() for newline in re.finditer("\n", text))]
    return {path: _place(lines, offset) for path, offset in scan.offsets.items()}


def _place(lines: list[int], offset: int) -> Place:
    line = bisect_right(lines, offset)
    return line, offset - lines[line - 1] + 1


def _below(path: KeyPath, part: str | int) -> KeyPath:
    return (*path, part) if len(path) < DEPTH else path


def _unquoted(token: str) -> str:
    if token[0] == "'" or (token[0] == '"' and "\\" not in token):
        return token[1:-1]
    if token[0] == '"':
        return str(tomli.loads(f"key = {token}")["key"])
    return token


class _Scan:
    """What is known at one point of the text: the open table, the open brackets, the key being read."""

    def __init__(self) -> None:
        self.offsets: dict[KeyPath, int] = {}
        self.last: dict[KeyPath, int] = {}
        """The index of the newest element of each array of tables."""

        self.table: KeyPath = ()
        self.brackets: list[tuple[KeyPath, int | None]] = []
        """Open arrays with the index of the element in turn, open inline tables with None."""

        self.parts: list[tuple[str, int]] = []
        self.header = 0
        """Brackets that open the header being read: 1 for `[table]`, 2 for `[[table]]`."""

        self.in_key = True
        self.here: KeyPath = ()

    def step(self, group: str, token: str, offset: int) -> None:
        """Take in one token."""
        if group == "blank":
            return
        if self.in_key:
            self._key(group, token, offset)
        else:
            self._value(group, token, offset)

    def _key(self, group: str, token: str, offset: int) -> None:
        if group in ("bare", "string"):
            self.parts.append((_unquoted(token), offset))
        elif token == "=":
            self.here = self._name(self.brackets[-1][0] if self.brackets else self.table)
            self.in_key = False
        elif token == "[":
            self.header += 1
        elif token == "]" and self.header:
            self.table = self._name_table(is_array=self.header == 2)
            self.header = 0
        elif token == "}":
            self._close()

    def _value(self, group: str, token: str, offset: int) -> None:
        if group == "newline":
            self.in_key = not self.brackets
        elif token in ("]", "}"):
            self._close()
        elif token == ",":
            self._next()
        elif token != ".":
            self._element(offset)
            if token in ("[", "{"):
                self.brackets.append((self.here, 0 if token == "[" else None))
                self.in_key = token == "{"

    def _element(self, offset: int) -> None:
        if not self.brackets:
            return
        path, index = self.brackets[-1]
        if index is not None:
            self.here = _below(path, index)
            self.offsets.setdefault(self.here, offset)

    def _next(self) -> None:
        path, index = self.brackets[-1]
        if index is None:
            self.in_key = True
        else:
            self.brackets[-1] = (path, index + 1)

    def _close(self) -> None:
        self.brackets.pop()
        self.in_key = False

    def _name(self, path: KeyPath) -> KeyPath:
        for part, offset in self.parts:
            path = _below(path, part)
            self.offsets.setdefault(path, offset)
        self.parts.clear()
        return path

    def _name_table(self, *, is_array: bool) -> KeyPath:
        path: KeyPath = ()
        final = len(self.parts) - 1
        for number, (part, offset) in enumerate(self.parts):
            path = _below(path, part)
            self.offsets.setdefault(path, offset)
            if is_array and number == final:
                self.last[path] = self.last.get(path, -1) + 1
            if path in self.last:
                path = _below(path, self.last[path])
                self.offsets.setdefault(path, offset)
        self.parts.clear()
        return path
