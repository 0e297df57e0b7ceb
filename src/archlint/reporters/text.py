"""Text as a terminal shows it: nothing that the terminal would obey, and how wide it is."""

from __future__ import annotations

import unicodedata
from typing import Final

TAB: Final = 4

# Besides what is not printable at all: signs that turn the direction of the text around, so that
# code reads differently from what it is.
_HIDDEN: Final = frozenset(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))))


def plain(text: str) -> str:
    """The text on one line, with control characters and lone surrogates spelt out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelt(each) for each in text)


def expanded(line: str) -> list[str]:
    """What is shown for each character of a line of code; tabs become spaces."""
    shown: list[str] = []
    column = 0
    for each in line:
        cell = " " * (TAB - column % TAB) if each == "\t" else _spelt(each)
        shown.append(cell)
        column += width(cell)
    return shown


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(each) for each in text)


def _spelt(each: str) -> str:
    # To Python, of all spaces only the usual one is printable.
    is_shown = each.isprintable() or unicodedata.category(each) == "Zs"
    return each if is_shown and each not in _HIDDEN else ascii(each)[1:-1]


def _width(each: str) -> int:
    if unicodedata.category(each) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(each) in ("W", "F") else 1
