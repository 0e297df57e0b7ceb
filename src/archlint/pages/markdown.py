"""As much of Markdown as a page needs: sections, and fenced blocks with the file they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<language>[\w+-]*)\s*$")
_FILE_NAME = re.compile(r"^`(?P<path>[^`]+)`(?P<before>, before the change)?:$")


class Fence(msgspec.Struct, frozen=True):
    """A fenced block; the name is empty unless a line such as `` `shop/models.py`: `` goes before it."""

    name: str
    language: str
    text: str
    before: bool = False
    """The line says `, before the change`: the block is the file as it was."""


class Section(msgspec.Struct, frozen=True):
    """What stands under a heading of the second degree."""

    title: str
    text: str

    @property
    def fences(self) -> tuple[Fence, ...]:
        """The fenced blocks, in their order."""
        return tuple(_fences(self.text.split("\n")))


def split(text: str) -> tuple[str, tuple[Section, ...]]:
    """What goes before the first heading, and the sections. A heading inside a fence is none."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    closing = ""
    for line in text.split("\n"):
        if not closing and line.startswith("## "):
            parts.append((line[3:].strip(), []))
            continue
        closing = _closing(line, closing)
        parts[-1][1].append(line)
    (_, opening), *sections = parts
    return _joined(opening), tuple(Section(title, _joined(lines)) for title, lines in sections)


def _closing(line: str, closing: str) -> str:
    """The line that ends the fence we are in after this line; empty outside of any."""
    if closing:
        return "" if line.rstrip() == closing else closing
    opened = _FENCE.match(line)
    return opened["ticks"] if opened else ""


def _fences(lines: list[str]) -> Iterator[Fence]:
    name, before, closing, language, block = "", False, "", "", list[str]()
    for line in lines:
        if closing:
            block.append(line)
            closing = _closing(line, closing)
            if not closing:
                yield Fence(name, language, "".join(f"{each}\n" for each in block[:-1]), before)
                name, before = "", False
        elif opened := _FENCE.match(line):
            closing, language, block = opened["ticks"], opened["language"], []
        elif line.strip():
            named = _FILE_NAME.match(line.strip())
            name = named["path"] if named else ""
            before = named is not None and named["before"] is not None


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")
