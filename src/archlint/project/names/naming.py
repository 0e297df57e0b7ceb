"""How names are spelled, and how a name is spelled in another style."""

from __future__ import annotations

import re
from types import MappingProxyType

STYLES = MappingProxyType(
    {
        "snake_case": r"[a-z0-9]+(_+[a-z0-9]+)*_*",
        "PascalCase": r"[A-Z][A-Za-z0-9]*",
        "camelCase": r"[a-z][A-Za-z0-9]*",
        "UPPER_CASE": r"[A-Z0-9]+(_+[A-Z0-9]+)*",
        "kebab-case": r"[a-z0-9]+(-[a-z0-9]+)*",
    }
)
"""The styles by their names, each as a regular expression for a whole name."""

_TELLING = 5
"""Letters of the shortest first word of a style."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[0-9]+")


def renamed(name: str, style: str) -> str:
    """A name in one of the styles; empty where nothing in it can be spelled so."""
    words = [word.lower() for word in _WORD.findall(name)]
    if not words:
        return ""
    if style in ("PascalCase", "camelCase"):
        joined = "".join(word.capitalize() for word in words)
        better = joined if style == "PascalCase" else joined[0].lower() + joined[1:]
    elif style == "UPPER_CASE":
        better = "_".join(words).upper()
    else:
        better = ("-" if style == "kebab-case" else "_").join(words)
    return better if re.fullmatch(STYLES[style], better) else ""


def misspelled_style(written: str) -> str:
    """The style that `snake` or `pascal_case` means, which are none; empty for anything else."""
    folded = _folded(written)
    if written in STYLES or len(folded) < _TELLING:
        return ""
    return next((style for style in STYLES if _folded(style).startswith(folded)), "")


def _folded(written: str) -> str:
    return written.replace("_", "").replace("-", "").lower()
