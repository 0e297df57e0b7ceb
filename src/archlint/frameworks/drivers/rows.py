"""Rows that drivers give, one or many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import NONE, Either, Many, Pending, Value

if TYPE_CHECKING:
    from archlint.frameworks.drivers.names import Driver
    from archlint.frameworks.orm import Place


class Row(Behaviour, frozen=True):
    """One row."""

    driver: Driver
    kind: str
    """`tuple`, `record`, `sqlite`, `dict`; empty where nobody can tell."""

    sql: str
    """The statement that found it; empty where that cannot be seen."""

    place: Place
    """Where it is fetched."""


def fetched(row: Row, name: str, *, is_async: bool) -> Value | None:
    """What a method gives that fetches rows; None for any other."""
    if name in ("fetchone", "fetchrow", "fetch_one"):
        found: Value = Either((row, NONE))
    elif name in ("fetchall", "fetchmany", "fetch", "execute_fetchall"):
        found = Many(row)
    else:
        return None
    return Pending(found) if is_async else found
