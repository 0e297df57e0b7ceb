"""Which statements may find no row at all."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from archlint.facts.sql import looks_like_sql
from archlint.frameworks.sql.parsing import parsed

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

_FORMAT: Final = re.compile(r"%s|%\(\w+\)s")
_OF_THE_DATABASE: Final = ("information_schema", "pg_", "sqlite_")
_WRITING: Final = re.compile(r"\s*(?:insert|replace|update|merge)\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def may_find_nothing(sql: str) -> bool:
    """Whether a statement asks for rows by a value that is passed, and there may be none."""
    from sqlglot import exp

    statements = parsed(_FORMAT.sub("?", sql)) if looks_like_sql(sql) else ()
    if len(statements) != 1 or not isinstance(statements[0], exp.Select):
        return False
    select = statements[0]
    where = select.args.get("where")
    if where is None or not where.find(exp.Placeholder, exp.Parameter):
        return False
    tables = [table.sql().lower() for table in select.find_all(exp.Table)]
    if not tables or any(table.startswith(_OF_THE_DATABASE) for table in tables):
        return False
    return bool(select.args.get("group")) or not any(map(_is_aggregate, select.expressions))


def writes(sql: str) -> bool:
    """Whether a statement makes or changes rows, which are there afterwards."""
    return _WRITING.match(sql) is not None


def _is_aggregate(column: Expr) -> bool:
    from sqlglot import exp

    return any(not each.find_ancestor(exp.Window, exp.Subquery) for each in column.find_all(exp.AggFunc))
