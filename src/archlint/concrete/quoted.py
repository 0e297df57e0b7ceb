"""String literals as they lie in one another: what is literal text in them, and what is code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.concrete.sheet import Sheet

if TYPE_CHECKING:
    from libcst import CSTNode

_OPENING = re.compile(rb"([A-Za-z]*)('''|\"\"\"|'|\")")


class Quoted(msgspec.Struct, frozen=True):
    """A string literal or f-string: from its prefix to its closing quote, and the strings within."""

    start: int
    end: int
    prefix: bytes
    quote: bytes
    texts: tuple[tuple[int, int], ...]
    """Where its literal text is; the rest between the quotes is code."""

    inner: tuple[Quoted, ...]

    @property
    def raw(self) -> bool:
        """Whether a backslash stands for itself."""
        return b"r" in self.prefix.lower()

    @property
    def inside(self) -> tuple[int, int]:
        """What lies between the quotes."""
        return self.start + len(self.prefix) + len(self.quote), self.end - len(self.quote)

    def family(self) -> Iterator[Quoted]:
        """This string and all strings within."""
        yield self
        for one in self.inner:
            yield from one.family()


def outermost(strings: Iterable[CSTNode], sheet: Sheet) -> dict[int, Quoted]:
    """The strings that lie in no other, by their start; nodes come as they end in the file."""
    pending: list[Quoted] = []
    for node in strings:
        start, end = sheet.span(node)
        inner = []
        while pending and pending[-1].start >= start:
            inner.append(pending.pop())
        opening = _OPENING.match(sheet.text, start)
        if not opening:
            continue  # A template that was re-spelled.
        texts = _texts(node, sheet) if hasattr(node, "parts") else [(opening.end(), end - len(opening[2]))]
        pending.append(Quoted(start, end, opening[1], opening[2], tuple(texts), tuple(reversed(inner))))
    return {one.start: one for one in pending}


def joined(node: CSTNode) -> Iterator[CSTNode]:
    """A string, and those that stand side by side in it, from left to right."""
    yield node
    while hasattr(node, "left") and hasattr(node, "right"):
        yield from joined(node.left)
        node = node.right
        yield node


def fields(node: CSTNode) -> Iterator[CSTNode]:
    """The replacement fields of an f-string or template, each followed by those of its format."""
    for part in getattr(node, "parts", None) or getattr(node, "format_spec", None) or ():
        if hasattr(part, "expression"):
            yield part
            yield from fields(part)


def _texts(node: CSTNode, sheet: Sheet) -> Iterator[tuple[int, int]]:
    for part in getattr(node, "parts", None) or getattr(node, "format_spec", None) or ():
        if hasattr(part, "expression"):
            yield from _texts(part, sheet)
        else:
            yield sheet.span(part)
