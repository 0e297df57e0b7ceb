"""The words in which a mistake is told."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 60

_WORDS: Final = {
    bool: "a boolean",
    int: "an integer",
    float: "a float",
    str: "a string",
    list: "an array",
    dict: "a table",
}


def described(value: object) -> str:
    """What kind of TOML value this is, with its article."""
    return _WORDS.get(type(value), "a date or time")


def quoted(value: object) -> str:
    """A name out of the user's file in backticks, short, and with nothing that a terminal would obey."""
    text = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in str(value)[: LONGEST + 1])
    return f"`{text}`" if len(text) <= LONGEST else f"`{text[:LONGEST]}…`"
