"""Texts of a request that are passed to a statement of PostgreSQL where it takes a number.

asyncpg asks the server for the type of each placeholder, and refuses whatever is of another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.sql import looks_like_sql
from archlint.frameworks.drivers.connections import OpenConnection, Pool
from archlint.frameworks.drivers.names import ASYNCPG
from archlint.frameworks.sent.texts import source_of
from archlint.frameworks.sql.whole_numbers import NumberColumns, numbered
from archlint.project.flow.values import texts

if TYPE_CHECKING:
    from archlint.project.flow.trace import Called
    from archlint.project.project import Project

_RUNNING: Final = frozenset({"execute", "fetch", "fetchrow", "fetchval"})


def sent_for_numbers(project: Project, event: Called) -> str:
    """Where a text comes from that asyncpg will refuse; empty where it passes all of them."""
    receiver = event.receiver
    if not isinstance(receiver, (OpenConnection, Pool)) or receiver.driver is not ASYNCPG:
        return ""
    given = event.arguments.positional
    statements = texts(given[0]) if given and event.name in _RUNNING and not event.arguments.is_open else ()
    if len(statements) != 1 or not looks_like_sql(statements[0]):
        return ""
    numbers = numbered(statements[0], project.view(NumberColumns).names)
    sources = (source_of(value) for index, value in enumerate(given) if index in numbers)
    return next(filter(None, sources), "")
