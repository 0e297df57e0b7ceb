"""Regular expressions of what a module exposes, as patterns: as far as they are names with wildcards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

_GROUP = re.compile(r"\(\?:([^()]*)\)|\(([^()]*)\)")
_NAME = re.compile(r"\w+(?:\.\w+)*")


def patterns(expression: str) -> tuple[str, ...] | None:
    """The patterns, relative to the module, that say the same; `**` for everything, None where none does.

    `services.*` exposes what is in `services`, and all names that begin like it.
    """
    found: list[str] = []
    for plain in _alternatives(expression.removeprefix("^").removesuffix("$")):
        one = _pattern(plain)
        if one is None:
            return None
        found += one
    return tuple(found)


def _alternatives(expression: str) -> Iterator[str]:
    """The expression without groups and bars: one for each way through them."""
    groups = list(_GROUP.finditer(expression))
    if not groups:
        yield from expression.split("|")
        return
    texts = [
        expression[start:end]
        for start, end in zip(
            (0, *(group.end() for group in groups)),
            (*(group.start() for group in groups), len(expression)),
            strict=True,
        )
    ]
    choices = [(group[1] if group[1] is not None else group[2]).split("|") for group in groups]
    if any("|" in text for text in texts):
        yield expression  # a bar beside a group: not worth the trouble
        return
    for chosen in product(*choices):
        yield "".join(part for pair in zip(texts, (*chosen, ""), strict=True) for part in pair)


def _pattern(expression: str) -> tuple[str, ...] | None:
    if expression in (".*", ".+"):
        return ("**",)
    name = expression.replace("\\.", ".").replace("\\_", "_")
    if _NAME.fullmatch(name):
        return (name,)
    return _with_tail(expression)


def _with_tail(expression: str) -> tuple[str, ...] | None:
    """A name with "anything" behind it, with or without a dot between."""
    tail = next((t for t in ("\\..*", "\\..+", ".*", ".+") if expression.endswith(t)), "")
    name = expression.removesuffix(tail).replace("\\.", ".")
    if not tail or not _NAME.fullmatch(name):
        return None
    return (f"{name}*.**",) if tail in (".*", ".+") else (f"{name}.**",)
