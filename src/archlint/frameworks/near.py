"""Hints for names that are not there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_SHOWN = 12


def nearest(name: str, names: Iterable[str], otherwise: str = "use a name that is there") -> str:
    """The name that was perhaps meant, or those that are there."""
    known = sorted(set(names))
    near = get_close_matches(name, known, 1)
    if near:
        return f"did you mean `{near[0]}`?"
    if not known:
        return otherwise
    shown = ", ".join(f"`{each}`" for each in known[:_SHOWN])
    return f"use one of {shown}" + (" …" if len(known) > _SHOWN else "")
