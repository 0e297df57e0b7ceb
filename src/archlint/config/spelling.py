"""What a wrong name may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.nearness import did_you_mean

_MANY = 12


def meant(name: str, names: Iterable[str]) -> str:
    """A hint from a wrong name to the right one: the nearest, or all of them where they are few."""
    known = sorted(names)
    shown = "there " + ("is only " if len(known) == 1 else "are ") + ", ".join(f"`{each}`" for each in known)
    return did_you_mean(name, known, shown if 0 < len(known) <= _MANY else "")
