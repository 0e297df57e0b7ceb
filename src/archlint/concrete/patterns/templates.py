"""Texts with metavariables: what a hint says with `{NAME}` or `$NAME`, what a fix writes with `$NAME`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

_WRITTEN: Final = re.compile(r"\$(?:\.\.\.)?(?P<dollar>[A-Z][A-Z0-9_]*)|\{(?P<braces>[A-Z][A-Z0-9_]*)\}")


def unknown_names(template: str, names: Collection[str], *, has_braces: bool) -> tuple[str, ...]:
    """The metavariables that a text asks for and the pattern has not."""
    rest = _known(tuple(sorted(names)), has_braces).sub("", template)
    found = (each for each in _WRITTEN.finditer(rest) if has_braces or each["dollar"])
    return tuple(each["dollar"] or each["braces"] for each in found)


def filled(template: str, texts: Mapping[str, str], *, has_braces: bool) -> str:
    """The text with the code that its metavariables stand for."""
    known = _known(tuple(sorted(texts)), has_braces)
    return known.sub(lambda each: texts[next(filter(None, each.groups()))], template)


def names_in(template: str, names: Collection[str]) -> list[tuple[str, int, int]]:
    """The metavariables of a fix, each with where it starts and ends in the text."""
    found = _known(tuple(sorted(names)), False).finditer(template)
    return [(each[1], *each.span()) for each in found]


@lru_cache(maxsize=1024)
def _known(names: tuple[str, ...], has_braces: bool) -> re.Pattern[str]:
    """`$METHOD_cached` is `$METHOD` and some letters; `$METHODS` is another metavariable."""
    if not names:
        return re.compile(r"(?!)")
    either = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    dollar = rf"\$(?:\.\.\.)?({either})(?![A-Z0-9])"
    return re.compile(rf"{dollar}|\{{({either})\}}" if has_braces else dollar)
