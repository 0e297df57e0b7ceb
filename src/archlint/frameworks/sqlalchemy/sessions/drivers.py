"""Engines whose URL names a driver of the other kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import last_name
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.sessions.engines import Engine
from archlint.project.flow.trace import Called, Trace

if TYPE_CHECKING:
    from archlint.project.project import Project

ASYNC_DRIVERS = frozenset(
    {
        "aioodbc",
        "aiomysql",
        "aiosqlite",
        "asyncmy",
        "asyncpg",
        "oracledb_async",
        "psqlpy",
        "psycopg_async",
    }
)
_PLAIN_DRIVERS = frozenset(
    {
        "cx_oracle",
        "cymysql",
        "mariadbconnector",
        "mysqlconnector",
        "mysqldb",
        "pg8000",
        "psycopg2",
        "psycopg2cffi",
        "pygresql",
        "pymssql",
        "pymysql",
        "pyodbc",
        "pysqlcipher",
        "pysqlite",
        "turbodbc",
    }
)

_INSTEAD = {
    "mariadb": "aiomysql",
    "mysql": "aiomysql",
    "postgres": "asyncpg",
    "postgresql": "asyncpg",
    "sqlite": "aiosqlite",
}


class MadeEngine(msgspec.Struct, frozen=True):
    """An engine whose URL can be seen."""

    trace: Trace
    called: Called
    dialect: str
    driver: str
    is_async: bool

    @property
    def fits(self) -> bool:
        """Whether the driver is of that kind, or may be: some are of both, any may be registered."""
        if not self.driver:
            return not self.is_async or self.dialect not in _INSTEAD
        return self.driver not in (_PLAIN_DRIVERS if self.is_async else ASYNC_DRIVERS)

    @property
    def hint(self) -> str:
        """What to write."""
        if not self.is_async:
            return "use `create_async_engine`, or a driver that is not async"
        driver = _INSTEAD.get(self.dialect)
        return f"write `{self.dialect}+{driver}://…`" if driver else "name an async driver in the URL"


def made_engines(project: Project) -> Iterator[MadeEngine]:
    """Every engine that is made with a URL that can be seen."""
    flow = project.view(DataFlow)
    wrapped = {
        given
        for _, called in flow.events(Called)
        if "Async" in last_name(called.form.function)
        for given in called.arguments.positional
        if isinstance(given, Engine)
    }
    for trace, called in flow.events(Called):
        engine = called.result
        if isinstance(engine, Engine) and "://" in engine.url and called.name.endswith("engine"):
            dialect, _, driver = engine.url.partition("://")[0].partition("+")
            # `AsyncEngine(create_engine(…))`, as `create_async_engine` itself does it.
            yield MadeEngine(trace, called, dialect, driver, engine.is_async or engine in wrapped)
