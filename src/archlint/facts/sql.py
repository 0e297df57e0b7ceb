"""String constants that look like SQL."""

from __future__ import annotations

import re

import msgspec

_STATEMENT = re.compile(
    r"\s*(?:\(\s*)?(?:"
    r"SELECT\s.*\bFROM\b|SELECT\s+(?:\d|\w+\(|[*$:?%(])|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s.*\bSET\b|DELETE\s+FROM\s"
    r"|(?:CREATE|ALTER|DROP|TRUNCATE)\s+(?:TEMP\w*\s+|UNIQUE\s+|OR\s+REPLACE\s+|UNLOGGED\s+|VIRTUAL\s+)?"
    r"(?:TABLE|INDEX|VIEW|SCHEMA|SEQUENCE|TRIGGER|TYPE|EXTENSION|DATABASE)\b"
    r"|WITH\s+(?:RECURSIVE\s+)?\w+.*\bAS\s*\(|MERGE\s+INTO\s|REPLACE\s+INTO\s|PRAGMA\s+\w+)",
    re.IGNORECASE | re.DOTALL,
)
_FIRST = frozenset("sSiIuUdDcCaAtTwWmMrRpP")
_SHORTEST = 8


class SqlText(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A constant that begins like a statement of SQL, whole, with the function around it."""

    text: str
    scope: str
    line: int
    column: int


def looks_like_sql(text: str) -> bool:
    """Whether the text begins like a statement of SQL. Prose that begins with `Select` may pass."""
    if len(text) < _SHORTEST or " " not in text:
        return False
    start = text.lstrip(" \t\r\n(")[:2]
    # `Select` with one capital begins a sentence.
    if start[:1] not in _FIRST or (start.isalpha() and start.istitle()):
        return False
    return _STATEMENT.match(text) is not None
