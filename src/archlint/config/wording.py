"""The words in which a mistake is told: what a value is, what it may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

LONGEST: Final = 60
MANY: Final = 12

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


def meant(name: str, names: Iterable[str]) -> str:
    """A hint from a wrong name to the right one: the nearest, or all of them where they are few."""
    from difflib import get_close_matches

    known = sorted(names)
    nearest = get_close_matches(name[:LONGEST], known, n=1)
    if nearest:
        return f"did you mean `{nearest[0]}`?"
    if not known or len(known) > MANY:
        return ""
    return "there " + ("is only " if len(known) == 1 else "are ") + ", ".join(f"`{each}`" for each in known)
