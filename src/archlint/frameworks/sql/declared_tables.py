"""The tables of a project as text of SQL can name them: by its own `CREATE TABLE`, and by models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from archlint.frameworks.sql.parsing import parsed
from archlint.frameworks.sqlalchemy.names import is_used
from archlint.project.files.test_code import is_test

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

    from archlint.project.project import Project

Columns: TypeAlias = "frozenset[str] | None"
"""Names of columns, in small letters; None where there may be more."""

_CREATED: Final = re.compile(
    r"\b(create|alter)\s+(?:\w+\s+){0,2}?table\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?([\w.\"`\[\]]+)",
    re.IGNORECASE,
)
_LONGEST: Final = 100_000
"""Longer scripts hold data."""

_DEFAULT: Final = frozenset({"", "dbo", "main", "public"})
"""Schemas that databases look into by themselves."""

_QUOTES: Final = str.maketrans("", "", '"`[]')


class DeclaredTables:
    """Answers which columns a table has."""

    def __init__(self, project: Project) -> None:
        self._columns: dict[str, Columns] = {}
        for path, text in texts_of_sql(project):
            is_copy = is_test(path)  # what tests make stands for tables that others make
            for name, columns in _declared(text):
                self._add(name, None if is_copy else columns)
        if is_used(project):
            for name, columns in _mapped(project):
                self._add(name, columns)

    @classmethod
    def build(cls, project: Project) -> DeclaredTables:
        """The view of a project."""
        return cls(project)

    def __bool__(self) -> bool:
        return bool(self._columns)

    @property
    def columns(self) -> Mapping[str, Columns]:
        """The columns of each table, by its name in small letters, with its schema where it is in one."""
        return self._columns

    def _add(self, name: str, columns: Columns) -> None:
        """A table that is declared more than once has the columns of all."""
        known = self._columns.get(name, frozenset())
        self._columns[name] = None if known is None or columns is None else known | columns


def texts_of_sql(project: Project) -> Iterator[tuple[str, str]]:
    """The texts of SQL in the code, with paths, and the scripts beside it, where the code has any."""
    texts = [(module.path, text.text) for module in project.modules for text in module.sql]
    yield from texts
    for path in project.files if texts else ():
        if path.endswith(".sql"):
            script = project.text(path).text
            if len(script) <= _LONGEST:
                yield path, script


def _declared(text: str) -> Iterator[tuple[str, Columns]]:
    """The tables that a text creates or changes."""
    met = [(verb.lower(), _plain(name)) for verb, name in _CREATED.findall(text)]
    if not met:
        return
    created = dict(found for statement in parsed(text) if (found := _created(statement)) is not None)
    for verb, name in met:
        yield name, created.get(name) if verb == "create" else None


def _created(statement: Expr) -> tuple[str, Columns] | None:
    """A table and its columns, where a statement lists all of them."""
    from sqlglot import exp

    if not isinstance(statement, exp.Create) or not isinstance(statement.this, exp.Schema):
        return None
    definitions = [each for each in statement.this.expressions if isinstance(each, exp.ColumnDef)]
    is_whole = statement.args.get("expression") is None and not statement.find(exp.LikeProperty)
    names = frozenset(each.name.lower() for each in definitions)
    return full_name(statement.this.this), names if names and is_whole else None


def full_name(table: Expr) -> str:
    """The name of a table in small letters, behind its schema where that has to be named."""
    return _in_schema(table.text("db").lower(), table.name.lower())


def _mapped(project: Project) -> Iterator[tuple[str, Columns]]:
    from archlint.frameworks.sqlalchemy.mappings import Mappings

    mappings = project.view(Mappings)
    for table in mappings.catalog:
        if table.name:
            columns = [column.name.lower() for column in table.columns.values()]
            is_whole = all(columns) and not mappings.is_open_table(table)
            name = _in_schema((table.schema or "").lower(), table.name.lower())
            yield name, frozenset(columns) if is_whole else None


def _plain(name: str) -> str:
    """The name of a table without quotes, behind its schema."""
    *before, last = name.translate(_QUOTES).lower().split(".")
    return _in_schema(before[-1] if before else "", last)


def _in_schema(schema: str, name: str) -> str:
    return name if schema in _DEFAULT else f"{schema}.{name}"
