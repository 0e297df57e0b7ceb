"""The words of a shell script: its simple commands, as far as they can be told apart without running them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

_SPACE: Final = " \t"
_ENDS: Final = "\n;&|"
_OPENING: Final = frozenset({"{", "case", "do", "for", "if", "then", "until", "while"})
_CLOSING: Final = {"}": 1, "done": 2, "esac": 1, "fi": 2}
"""How many of the words before them these end: `if … then … fi`."""

_LEADING: Final = frozenset({"!", "do", "elif", "else", "if", "then", "until", "while", "{"})
_GIVING_UP: Final = frozenset({"echo", "exit", "return", "{"})
_HERE_DOCUMENT = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")


class Command(msgspec.Struct, frozen=True):
    """One simple command."""

    words: tuple[str, ...]
    """With quotes taken off, and everything that the shell would fill in as it is written."""

    line: int
    column: int
    width: int
    """Of its text on that line."""

    is_certain: bool
    """Whether it runs whenever the script comes to its end: no condition, no loop, no function, no `||`."""


def commands(text: str) -> Iterator[Command]:
    """The commands of a script in the order in which they are written."""
    pieces = list(_simple(text))
    depth = 0
    before = ""
    for at, (line, column, words, end) in enumerate(pieces):
        depth += sum(word in _OPENING for word in words)
        rest = _bare(words)
        gives_up = end == "||" and at + 1 < len(pieces) and pieces[at + 1][2][0] in _GIVING_UP
        if rest and rest[0] not in _CLOSING and not _is_definition(rest):
            is_certain = not depth and before not in ("&&", "||") and (end != "||" or gives_up)
            yield Command(tuple(rest), line, column, _width(text, line, column), is_certain)
        depth = max(0, depth - _CLOSING.get(words[0], 0))
        before = end


def _is_definition(words: list[str]) -> bool:
    return words[0].endswith("()") or words[1:2] == ["()"]


def _bare(words: list[str]) -> list[str]:
    """The words of a command without those of the statement around it."""
    at = 0
    while at < len(words) and words[at] in _LEADING:
        at += 1
    return words[at:]


def _width(text: str, line: int, column: int) -> int:
    return len(text.split("\n")[line - 1].rstrip()) - column + 1


def _simple(text: str) -> Iterator[tuple[int, int, list[str], str]]:
    """Line, column and words of each piece between separators, and the separator behind it."""
    reader = _Reader(_without_documents(text))
    while not reader.is_done:
        words: list[str] = []
        line, column = 0, 0
        while (word := reader.word()) is not None:
            if not words:
                line, column = reader.began
            words.append(word)
        end = reader.separator()
        if words:
            yield line, column, words, end


def _without_documents(text: str) -> str:
    """The script with the lines of its here-documents emptied."""
    lines = text.split("\n")
    until = ""
    for number, line in enumerate(lines):
        if until:
            lines[number] = ""
            until = "" if line.strip() == until else until
        elif (found := _HERE_DOCUMENT.search(line)) and not line.lstrip().startswith("#"):
            until = found[2]
    return "\n".join(lines)


class _Reader:
    """Reads words one by one."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\\\n", "  ")
        self._lost = [found.start() for found in re.finditer(r"\\\n", text)]
        self._at = 0
        self.began = (1, 1)

    @property
    def is_done(self) -> bool:
        return self._at >= len(self._text)

    def word(self) -> str | None:
        """The next word of the command; None at its end."""
        self._skip()
        start = self._at
        if self.is_done or self._text[start] in _ENDS or self._text[start] == ")":
            return None
        self._locate(start)
        if self._text.startswith("()", start) or self._text[start] == "(":
            self._at += 2 if self._text.startswith("()", start) else 1
            return self._text[start : self._at] if self._at - start == 2 else "{"
        parts = []
        while not self.is_done and self._text[self._at] not in _SPACE + _ENDS + ")":
            parts.append(self._part())
        return "".join(parts)

    def separator(self) -> str:
        """What ends the command: `;` for the end of a line, too."""
        start = self._at
        pair = self._text[start : start + 2]
        self._at += 2 if pair in ("&&", "||", ";;") else 1
        return pair if pair in ("&&", "||") else ";"

    def _skip(self) -> None:
        while not self.is_done and self._text[self._at] in _SPACE:
            self._at += 1
        if not self.is_done and self._text[self._at] == "#":
            end = self._text.find("\n", self._at)
            self._at = len(self._text) if end < 0 else end

    def _part(self) -> str:
        """A piece of a word: quoted, filled in by the shell, or a character."""
        char = self._text[self._at]
        if char == "'":
            return self._until("'", self._at + 1)
        if char == '"':
            return self._quoted()
        if self._text.startswith("$(", self._at):
            return self._substituted()
        if char == "\\":
            self._at += 2
            return self._text[self._at - 1 : self._at]
        self._at += 1
        if self._text.startswith("()", self._at) and char.isidentifier():
            self._at += 2
            return f"{char}()"
        return char

    def _until(self, mark: str, start: int) -> str:
        end = self._text.find(mark, start)
        end = len(self._text) if end < 0 else end
        self._at = end + 1
        return self._text[start:end]

    def _quoted(self) -> str:
        self._at += 1
        parts = []
        while not self.is_done and self._text[self._at] != '"':
            if self._text.startswith("$(", self._at):
                parts.append(self._substituted())
            else:
                self._at += self._text[self._at] == "\\"
                parts.append(self._text[self._at : self._at + 1])
                self._at += 1
        self._at += 1
        return "".join(parts)

    def _substituted(self) -> str:
        """`$(…)` as it is written, whatever it holds."""
        start, depth = self._at, 0
        while not self.is_done:
            char = self._text[self._at]
            depth += (char == "(") - (char == ")")
            self._at += 1
            if char == ")" and not depth:
                break
        return self._text[start : self._at]

    def _locate(self, at: int) -> None:
        line = self._text.count("\n", 0, at) + sum(lost < at for lost in self._lost)
        column = at - (self._text.rfind("\n", 0, at) + 1)
        self.began = (line + 1, column + 1)
