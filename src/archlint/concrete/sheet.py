"""A file's text while it is lowered: overwritten in place, so that every offset stays true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archlint.source import Unparsable, parse

if TYPE_CHECKING:
    from libcst import CSTNode
    from libcst.metadata import CodeSpan

_EVERY_BYTE = bytes(range(256))
_TO_SPACE = bytes(byte if byte in b"\r\n" else 0x20 for byte in _EVERY_BYTE)


class Sheet:
    """UTF-8 text that keeps its length and its lines, and the places of the nodes in it.

    What has to be longer than it was is kept apart as an insertion until the text is read, so that
    the nodes' offsets hold while the file is worked on. Not a dataclass: it is made to be changed.
    """

    __slots__ = ("_insertions", "places", "text")

    def __init__(self, text: bytes, places: Mapping[CSTNode, CodeSpan]) -> None:
        self.text = bytearray(text)
        self.places = places
        self._insertions: dict[int, bytes] = {}

    def span(self, node: CSTNode) -> tuple[int, int]:
        """Where a node starts and ends, without its own parentheses."""
        place = self.places[node]
        return place.start, place.start + place.length

    def put(self, start: int, text: bytes) -> None:
        """Overwrite as many bytes as the text has."""
        self.text[start : start + len(text)] = text

    def blank(self, start: int, end: int) -> None:
        """Overwrite with spaces, leaving line ends."""
        self.text[start:end] = self.text[start:end].translate(_TO_SPACE)

    def insert(self, at: int, text: bytes) -> None:
        """Let this text appear before the byte at an offset."""
        self._insertions[at] = self._insertions.get(at, b"") + text

    def read(self, start: int, end: int) -> bytes:
        """The text of a span as it is now. What is inserted at either border belongs to it."""
        pieces: list[bytes] = []
        for at in sorted(self._insertions):
            if start <= at <= end:
                pieces += [bytes(self.text[start:at]), self._insertions[at]]
                start = at
        return b"".join((*pieces, self.text[start:end]))

    def whole(self) -> bytes:
        """All of the text as it is now."""
        return self.read(0, len(self.text))

    def copy(self) -> Sheet:
        """A sheet to try something on."""
        other = Sheet(bytes(self.text), self.places)
        other._insertions = dict(self._insertions)
        return other

    def adopt(self, other: Sheet) -> None:
        """Take over what was tried on a copy."""
        self.text, self._insertions = other.text, other._insertions


def accepts(source: bytes) -> bool:
    """Whether the running Python can parse this text: it is asked, not looked up by its version."""
    try:
        parse(source)
    except Unparsable:
        return False
    return True
