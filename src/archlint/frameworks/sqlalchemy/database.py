"""Which database the project runs on, and which types of columns each database lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Name
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_ENGINES = ("create_engine", "create_async_engine")
_SAME = {"postgres": "postgresql", "mariadb": "mysql", "sqlite3": "sqlite", "sqlserver": "mssql"}
_ALL = frozenset({"mssql", "mysql", "oracle", "postgresql", "sqlite"})

_ONLY = {
    "mysql": "ENUM LONGBLOB LONGTEXT MEDIUMBLOB MEDIUMINT MEDIUMTEXT SET TINYBLOB TINYTEXT YEAR",
    "postgresql": (
        "ARRAY BYTEA CIDR CITEXT DATEMULTIRANGE DATERANGE HSTORE INET INT4MULTIRANGE INT4RANGE "
        "INT8MULTIRANGE INT8RANGE INTERVAL JSONPATH MACADDR MACADDR8 NUMMULTIRANGE NUMRANGE OID REGCLASS "
        "REGCONFIG TSMULTIRANGE TSQUERY TSRANGE TSTZMULTIRANGE TSTZRANGE TSVECTOR"
    ),
    "oracle": "BINARY_DOUBLE BINARY_FLOAT INTERVAL LONG NUMBER RAW ROWID VARCHAR2",
    "mssql": (
        "DATETIME2 DATETIMEOFFSET IMAGE NTEXT ROWVERSION SMALLDATETIME SMALLMONEY SQL_VARIANT "
        "UNIQUEIDENTIFIER XML"
    ),
}
"""Types that SQLAlchemy refuses to compile for any database but one."""

_LACKING: dict[str, frozenset[str]] = {
    "sqlalchemy.ARRAY": _ALL - {"postgresql"},
    "sqlalchemy.types.ARRAY": _ALL - {"postgresql"},
    "sqlmodel.ARRAY": _ALL - {"postgresql"},
    # SQLite takes it from SQLAlchemy 2.1 on.
    "sqlalchemy.dialects.postgresql.JSONB": _ALL - {"postgresql", "sqlite"},
    **{
        f"sqlalchemy.dialects.{database}.{name}": _ALL - {database}
        for database, names in _ONLY.items()
        for name in names.split()
    },
}


_PYTHON = frozenset(
    {
        *(f"builtins.{name}" for name in ("bool", "bytes", "float", "int", "str")),
        *(f"datetime.{name}" for name in ("date", "datetime", "time", "timedelta")),
        "decimal.Decimal",
        "uuid.UUID",
    }
)
"""Types of Python in annotations that SQLAlchemy itself has a type for, whatever the database."""


class Database:
    """The database that the configuration names, or else the one that all engines are made for."""

    def __init__(self, project: Project) -> None:
        self._mappings = project.view(Mappings)
        self._functions = project.view(Functions)
        told = project.config.stack.database.lower()
        engines = tuple(self._of_engines())
        self.engines = len(engines)
        """How many engines it makes, outside tests."""
        found = set(engines) if not told else {told}
        only = next(iter(found)) if len(found) == 1 else ""
        self.name = _SAME.get(only, only)
        """`postgresql`, `sqlite`…; empty where nobody can tell."""
        self.maps_types = any(
            member.name == "type_annotation_map"
            for module in project.modules
            for found in module.classes
            for member in found.members
        )
        """Whether types of Python in annotations may stand for others than SQLAlchemy's own."""

    @classmethod
    def build(cls, project: Project) -> Database:
        """The view of a project."""
        return cls(project)

    def lacks(self, kind: str) -> bool | None:
        """Whether the database lacks a type of columns, by its dotted name; None where nobody can tell."""
        found = _LACKING.get(kind) if self.name else None
        if found is not None:
            return self.name in found
        is_everywhere = kind.startswith("sqlalchemy.") or (kind in _PYTHON and not self.maps_types)
        return False if self.name and is_everywhere else None

    def _of_engines(self) -> Iterator[str]:
        """The databases in the URLs of engines; empty for a URL that cannot be read."""
        for module in self._mappings.candidates.mentioning(*_ENGINES):
            if is_test(module.path):
                continue
            yield from self._in_body(module, "", self._functions.module_summary(module))
            for index in range(len(module.functions)):
                function = ProjectFunction(module, index)
                if b"create_" in function.module.encoded(function.fact):
                    yield from self._in_body(module, function.scope, self._functions.summary(function))

    def _in_body(self, module: Module, scope: str, summary: Summary) -> Iterator[str]:
        for site in summary.calls:
            called = site.call.function
            last = (
                called.id
                if isinstance(called, Name)
                else called.attr
                if isinstance(called, Attribute)
                else ""
            )
            if last not in _ENGINES:
                continue
            given = site.call.arguments[0] if site.call.arguments else None
            url = self._mappings.texts.of(module, scope, given) if given is not None else None
            yield url.partition(":")[0].partition("+")[0] if url else ""
