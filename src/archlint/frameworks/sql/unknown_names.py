"""Names in a statement of SQL that none of its tables has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.frameworks.sql.declared_tables import full_name

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

    from archlint.frameworks.sql.declared_tables import Columns

_BY_ITSELF: Final = frozenset(
    {
        *("_rowid_", "cmax", "cmin", "ctid", "oid", "rowid", "tableoid", "xmax", "xmin"),
        *("current_catalog", "current_role", "current_schema", "current_user", "localtime", "localtimestamp"),
        *("session_user", "sysdate", "systimestamp", "user", "value", "values", "default"),
    }
)
"""What is no column, or one that each table has."""

_PARTS_OF_DATES: Final = frozenset(
    {
        *("century", "day", "dayofyear", "decade", "dow", "doy", "epoch", "hour", "iso_week", "isodow"),
        *("microsecond", "millisecond", "minute", "month", "nanosecond", "quarter", "second", "week"),
        *("weekday", "year", "dd", "dw", "dy", "hh", "mi", "mm", "ms", "ns", "qq", "ss", "ww", "yy", "yyyy"),
    }
)
"""What stands bare where a function of dates is told a part: `DATEDIFF(day, placed, GETDATE())`."""

_ROWS: Final = frozenset({"deleted", "excluded", "inserted", "new", "old", "values"})
"""Names that databases give to rows."""


class UnknownName(msgspec.Struct, frozen=True):
    """A column that is not there, or the name of a table that nothing gives."""

    name: str
    of: str
    """The table as the statement calls it; empty where it names none."""

    is_table: bool = False
    near: tuple[str, ...] = ()
    """What could be meant."""


def unknown_names(statement: Expr, tables: Mapping[str, Columns]) -> list[UnknownName]:
    """The names in a statement that are surely wrong, given the columns of all known tables."""
    from sqlglot import exp

    reader = _Reader(statement, tables)
    found = [reader.judged(column) for column in statement.find_all(exp.Column)]
    into = statement.this if isinstance(statement, exp.Insert) else None
    if isinstance(into, exp.Schema):
        columns = tables.get(full_name(into.this))
        names = [each.name.lower() for each in into.expressions]
        found += [_missing(name, into.this.name, columns) for name in names]
    return list(dict.fromkeys(each for each in found if each is not None))


class _Reader:
    """Knows for each query of a statement what it selects from."""

    def __init__(self, statement: Expr, tables: Mapping[str, Columns]) -> None:
        from sqlglot import exp

        self._tables = tables
        self._queries = (exp.Select, exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.SetOperation)
        self._sources: dict[int, dict[str, Columns]] = {}
        self._aliases: dict[int, set[str]] = {}
        self._common: dict[str, Columns] = {}
        for each in statement.find_all(exp.CTE):
            self._common[each.alias.lower()] = None
        for each in reversed(list(statement.find_all(exp.CTE))):
            own = self._derived(each)
            self._common[each.alias.lower()] = None if own is None else own | _added(each)
        for table in statement.find_all(exp.Table):
            self._note(table, table.alias_or_name, self._columns_of(table))
        for other in statement.find_all(exp.Subquery, exp.Lateral, exp.Unnest, exp.Values, exp.TableAlias):
            inner = other.parent if isinstance(other, exp.TableAlias) else other
            if inner is None or isinstance(inner, (exp.Table, exp.CTE)) or not inner.alias:
                continue
            self._note(inner, inner.alias, self._derived(inner) if isinstance(inner, exp.Subquery) else None)
        for select in statement.find_all(exp.Select):
            named = {each.alias.lower() for each in select.expressions if each.alias}
            self._aliases.setdefault(id(select), set()).update(named)

    def judged(self, column: Expr) -> UnknownName | None:
        """What is wrong with a column; None where nothing is, or nobody can tell."""
        from sqlglot import exp

        name, of = column.name.lower(), column.args["table"].name if column.args.get("table") else ""
        if column.args.get("db") or (not of and isinstance(column.this, exp.Star)):
            return None
        queries = list(self._around(column))
        visible = [self._sources.get(id(query), {}) for query in queries]
        if of:
            return self._of_source(column, name, of, visible)
        known = [columns for sources in visible for columns in sources.values()]
        if not known or None in known or column.this.args.get("quoted") or name in _BY_ITSELF:
            return None
        if name in _PARTS_OF_DATES and column.find_ancestor(exp.Func) is not None:
            return None
        is_alias = any(name in self._aliases.get(id(query), ()) for query in queries)
        if is_alias or any(name in sources for sources in visible) or any(name in (c or ()) for c in known):
            return None
        return UnknownName(
            name, "", near=tuple(sorted({each for columns in known for each in columns or ()}))
        )

    def _of_source(
        self, column: Expr, name: str, of: str, visible: list[dict[str, Columns]]
    ) -> UnknownName | None:
        from sqlglot import exp

        sources = next((sources for sources in visible if of.lower() in sources), None)
        if sources is not None:
            is_all = isinstance(column.this, exp.Star)
            return None if is_all else _missing(name, of, sources[of.lower()])
        known = [columns for sources in visible for columns in sources.values()]
        is_row = of.lower() in _ROWS or any(columns is None or of.lower() in columns for columns in known)
        names = tuple(dict.fromkeys(each for sources in visible for each in sources))
        return UnknownName(of, "", is_table=True, near=names) if known and not is_row else None

    def _around(self, node: Expr) -> Iterator[Expr]:
        """The queries that a node is in, from the inside."""
        above = node.parent
        while above is not None:
            if isinstance(above, self._queries):
                yield above
            above = above.parent

    def _note(self, source: Expr, alias: str, columns: Columns) -> None:
        query = next(self._around(source), None)
        if query is not None:
            self._sources.setdefault(id(query), {})[alias.lower()] = columns

    def _columns_of(self, table: Expr) -> Columns:
        from sqlglot import exp

        alias = table.args.get("alias")
        if not isinstance(table.this, exp.Identifier) or (alias is not None and alias.args.get("columns")):
            return None
        name = full_name(table)
        return self._common[name] if name in self._common else self._tables.get(name)

    def _derived(self, source: Expr) -> Columns:
        """The columns of a subquery."""
        from sqlglot import exp

        alias = source.args.get("alias")
        listed = (alias.args.get("columns") or ()) if alias is not None else ()
        given = [each.name.lower() for each in listed]
        inner = source.this
        while isinstance(inner, exp.SetOperation):
            inner = inner.this
        if not isinstance(inner, exp.Select):
            return frozenset(given) if given else None
        names = [each.alias_or_name.lower() for each in inner.expressions]
        others = names[len(given) :]  # a list of names may be shorter than that of columns
        return None if "*" in names or not all(others) else frozenset((*given, *others))


def _added(source: Expr) -> frozenset[str]:
    """The columns that `SEARCH … SET place` and `CYCLE … SET is_again USING path` add to a `WITH`."""
    from sqlglot import exp

    search = source.parent.args.get("search") if source.parent is not None else None
    named = (search.args.get("expression"), search.args.get("using")) if search is not None else ()
    return frozenset(each.name.lower() for each in named if isinstance(each, exp.Identifier))


def _missing(name: str, of: str, columns: Columns) -> UnknownName | None:
    if columns is None or name in columns or name in _BY_ITSELF:
        return None
    return UnknownName(name, of, near=tuple(sorted(columns)))
