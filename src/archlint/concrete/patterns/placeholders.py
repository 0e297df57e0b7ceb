"""The names that stand for what a pattern leaves open, so that its text is Python for any parser."""

from __future__ import annotations

import re
from typing import Final

GAP: Final = "__archlint_gap__"
"""`...` where it stands for any number of arguments, elements, parameters or links of a chain."""

WITHIN: Final = "__archlint_within__"
"""What is called with the expression of `<... expression ...>`, which may stand anywhere inside."""

ANONYMOUS: Final = "_"
"""`$_` matches anything, and need not match the same twice."""

_ONE: Final = "__archlint_one_{}__"
_MANY: Final = "__archlint_many_{}__"
_PLACEHOLDER: Final = re.compile(r"__archlint_(?:one|many)_(\w+?)__")
_ONE_NAME: Final = re.compile(r"__archlint_one_(\w+?)__")
_MANY_NAME: Final = re.compile(r"__archlint_many_(\w+?)__")


def one(name: str) -> str:
    """The Python name that stands for `$NAME`."""
    return _ONE.format(name)


def many(name: str) -> str:
    """The Python name that stands for `$...NAME`."""
    return _MANY.format(name)


def one_of(name: str) -> str | None:
    """The metavariable of one node that a Python name stands for."""
    found = _ONE_NAME.fullmatch(name)
    return found[1] if found else None


def many_of(name: str) -> str | None:
    """The metavariable of a sequence that a Python name stands for; `_` for a mere gap."""
    if name == GAP:
        return ANONYMOUS
    found = _MANY_NAME.fullmatch(name)
    return found[1] if found else None


def has_placeholder(chain: str) -> bool:
    """Whether something in a chain of names is left open."""
    return any(map(is_placeholder, chain.split(".")))


def is_placeholder(name: str) -> bool:
    """Whether a Python name stands for something left open."""
    return name in (GAP, WITHIN) or _PLACEHOLDER.fullmatch(name) is not None
