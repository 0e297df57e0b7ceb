"""The name that was perhaps meant, where one is written that is not there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

SIMILAR: Final = 0.6
"""From which share of letters in common two names count as near, between 0 and 1."""

_CLOSE = 0.7
"""From which on that alone will do: `banks` is no misspelling of `tasks`."""

_LONGEST = 60
"""Letters that are compared: a text that somebody put in the place of a name may have any length."""

_SHOWN = 12


def nearest(name: str, names: Iterable[str], *, similar: float = SIMILAR) -> str:
    """The most similar of some names, the first of them by letter; empty where none is near."""
    from difflib import get_close_matches  # only where something is wrong

    written, known = name[:_LONGEST], sorted(set(names))
    near = get_close_matches(written, known, 1, max(similar, _CLOSE))
    near = near or [each for each in get_close_matches(written, known, 3, similar) if _is_part(written, each)]
    return near[0] if near else ""


def _is_part(one: str, other: str) -> bool:
    """Whether one name has the words of the other, and more: `date` and `sale_date`."""
    words, others = set(one.lower().split("_")), set(other.lower().split("_"))
    return words <= others or others <= words


def did_you_mean(name: str, names: Iterable[str], otherwise: str, *, similar: float = SIMILAR) -> str:
    """A hint with the name that was perhaps meant, or else another hint."""
    near = nearest(name, names, similar=similar)
    return f"did you mean `{near}`?" if near else otherwise


def near_or_all(name: str, names: Iterable[str], otherwise: str = "use a name that exists") -> str:
    """A hint with the name that was perhaps meant, or those that are there, or else another hint."""
    known = sorted(set(names))
    offered = [each for each in known if not each.startswith("_") and each != "Meta"]
    shown = ", ".join(f"`{each}`" for each in offered[:_SHOWN]) + (" …" if len(offered) > _SHOWN else "")
    return did_you_mean(name, known, f"use one of {shown}" if offered else otherwise)
