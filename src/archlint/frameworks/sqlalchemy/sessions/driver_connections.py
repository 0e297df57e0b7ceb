"""Connections that a driver gives, without an engine around them: `asyncpg.connect()`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.project.flow.behaviour import Behaviour, Semantics, Site
from archlint.project.flow.values import Arguments, Value

if TYPE_CHECKING:
    from archlint.project.project import Project

_IS_ASYNC: Final = {
    "MySQLdb.connect": False,
    "aiomysql.connect": True,
    "aiopg.connect": True,
    "asyncmy.connect": True,
    "asyncpg.connect": True,
    "mysql.connector.connect": False,
    "oracledb.connect": False,
    "oracledb.connect_async": True,
    "psycopg.AsyncConnection.connect": True,
    "psycopg.Connection.connect": False,
    "psycopg.connect": False,
    "psycopg2.connect": False,
    "pymysql.connect": False,
}
"""What makes a connection to a server. SQLite's are left out: many are made once, for one process."""

_DRIVERS = frozenset(name.partition(".")[0] for name in _IS_ASYNC)


class DriverConnection(Behaviour, frozen=True):
    """A connection of a driver, or a cursor of it."""

    owner: Owner

    def awaited(self, site: Site) -> Value:
        """Itself."""
        return self

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A cursor is as busy as its connection."""
        return self if name == "cursor" else super().method(name, arguments, site)


class DriverConnectionMaker(Behaviour, frozen=True):
    """`asyncpg.connect`, `psycopg.connect` and their like."""

    is_noted = False

    is_async: bool

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A connection."""
        origin = Origin("made", here(site), site.function is not None)
        return DriverConnection(Owner(origin, self.is_async, False))


class DriverSemantics(Semantics):
    """Drivers of databases."""

    @classmethod
    def of(cls, project: Project) -> DriverSemantics | None:
        """For a project that imports one of them."""
        return None if project.imported.isdisjoint(_DRIVERS) else cls()

    def external(self, name: str) -> Value | None:
        """What makes connections."""
        return DriverConnectionMaker(_IS_ASYNC[name]) if name in _IS_ASYNC else None
