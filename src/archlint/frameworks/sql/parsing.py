"""Text of SQL as a tree."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

_DIALECTS: Final = ("postgres", "sqlite", "mysql")
"""Tried one after the other. Most statements read the same in all."""


@lru_cache(maxsize=4096)
def parsed(text: str) -> tuple[Expr, ...]:
    """The statements in a text; nothing where no dialect can read all of it."""
    import sqlglot  # dear to import, and few projects write SQL as text

    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # what it cannot read is not the user's concern
    for dialect in _DIALECTS:
        try:
            found = sqlglot.parse(text, read=dialect)
        except (sqlglot.errors.SqlglotError, RecursionError):
            continue
        return tuple(each for each in found if each is not None)
    return ()
