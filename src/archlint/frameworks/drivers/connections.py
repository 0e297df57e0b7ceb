"""Connections that a driver gives, without an engine around them, their cursors and pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.frameworks.drivers.names import ROW_FACTORIES, Driver
from archlint.frameworks.drivers.rows import Row, fetched
from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.lives import closed, opened
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Value, texts

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place

_PROMISED = Origin("promised")
_OF_CONNECTIONS = frozenset({"configure", "connection_class", "init", "kwargs", "record_class", "setup"})
"""What tells a pool how its connections are made."""


class OpenConnection(Behaviour, frozen=True):
    """A connection of a driver."""

    owner: Owner
    driver: Driver
    rows: str
    """What its rows are, as far as is known."""

    is_started: bool = True
    """Whether it was awaited or entered."""

    is_kept: bool = False
    """Whether it was found in an attribute: others may have closed it, and put another there."""

    def awaited(self, site: Site) -> Value:
        """Itself, connected."""
        return replace(self, is_started=True)

    def entered(self, site: Site) -> Value:
        """Itself, connected."""
        return replace(self, is_started=True)

    def left(self, site: Site) -> None:
        """It is closed, or goes back to its pool."""
        if self.driver.closes:
            closed(site, self.owner.origin, here(site))

    def kept(self) -> Value:
        """The same, but not only that."""
        return replace(self, is_kept=True)

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name in ("cursor", "execute", "fetch", "fetchrow", "fetchval", "commit", "close")

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A cursor, or rows."""
        if name == "close":
            closed(site, self.owner.origin, here(site))
            return UNKNOWN
        if name == "cursor":
            return Cursor(self, _factory(arguments, self.rows), "", here(site))
        if name == "execute" and self.driver.rows != "record":
            return Cursor(self, self.rows, _sql(arguments), here(site))
        row = Row(self.driver, self.rows, _sql(arguments), here(site))
        return fetched(row, name, is_async=self.driver.is_async) or UNKNOWN


class DriverConnection(OpenConnection, frozen=True):
    """A connection to a server that no pool gave."""


class PooledConnection(OpenConnection, frozen=True):
    """A connection that goes back to its pool."""


class Cursor(Behaviour, frozen=True):
    """A cursor: it is as busy as its connection, and closed with it."""

    of: OpenConnection
    rows: str
    sql: str
    made: Place

    @property
    def owner(self) -> Owner:
        """Who the connection belongs to."""
        return self.of.owner

    def awaited(self, site: Site) -> Value:
        """Itself."""
        return self

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name in ("execute", "fetchone", "fetchall", "fetchmany")

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Itself, or rows of the statement that it ran last."""
        if name == "execute":
            site.remember((self.made, "statement"), _sql(arguments))
            return replace(self, sql=_sql(arguments))
        return fetched(self._row(site), name, is_async=self.of.driver.is_async) or UNKNOWN

    def each(self, site: Site) -> Value:
        """A row."""
        return self._row(site)

    def _row(self, site: Site) -> Row:
        remembered = site.state((self.made, "statement"))
        sql = remembered if isinstance(remembered, str) else self.sql
        return Row(self.of.driver, self.rows, sql, here(site))


class Pool(Behaviour, frozen=True):
    """A pool of connections."""

    driver: Driver
    rows: str
    made: Place | None
    """None where only an annotation speaks of it."""

    def awaited(self, site: Site) -> Value:
        """Itself."""
        return self

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name in ("acquire", "connection", "fetch", "fetchrow", "release")

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A connection, or rows."""
        if name in ("acquire", "connection", "getconn"):
            origin = Origin("made", here(site), site.function is not None)
            opened(site, origin)
            return PooledConnection(Owner(origin, self.driver.is_async, False), self.driver, self.rows)
        if name in ("release", "putconn") and arguments.positional:
            given = arguments.positional[0]
            if isinstance(given, OpenConnection):
                closed(site, given.owner.origin, here(site))
            return UNKNOWN
        row = Row(self.driver, self.rows, _sql(arguments), here(site))
        return fetched(row, name, is_async=self.driver.is_async) or UNKNOWN


class ConnectionMaker(Behaviour, frozen=True):
    """`asyncpg.connect`, `psycopg.connect` and their like."""

    is_noted = False

    driver: Driver

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A connection."""
        origin = Origin("made", here(site), site.function is not None)
        opened(site, origin)
        made = DriverConnection if self.driver.has_server else OpenConnection
        owner = Owner(origin, self.driver.is_async and self.driver.has_server, False)
        return made(
            owner, self.driver, _factory(arguments, self.driver.rows), self.driver.name != "aiosqlite"
        )


class ConnectionClass(Behaviour, frozen=True):
    """`asyncpg.Connection`, `sqlite3.Connection`."""

    is_noted = False

    driver: Driver

    def instance(self, site: Site) -> Value:
        """A connection that an annotation promises: nobody knows how its rows are made."""
        rows = self.driver.rows if self.driver.rows in ("record", "sqlite") else ""
        return OpenConnection(Owner(_PROMISED, None, False), self.driver, rows)


class PoolMaker(Behaviour, frozen=True):
    """`asyncpg.create_pool`, `ConnectionPool`."""

    is_noted = False

    driver: Driver

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A pool."""
        is_told = any(name in _OF_CONNECTIONS for name, _ in arguments.named)
        return Pool(self.driver, "" if is_told or arguments.is_open else self.driver.rows, here(site))

    def instance(self, site: Site) -> Value:
        """A pool that an annotation promises."""
        return Pool(self.driver, self.driver.rows if self.driver.rows == "record" else "", None)


def _sql(arguments: Arguments) -> str:
    """The text that is run; empty where it cannot be seen."""
    given = texts(arguments.positional[0]) if arguments.positional else ()
    return given[0] if len(given) == 1 else ""


def _factory(arguments: Arguments, otherwise: str) -> str:
    """What rows are by what is passed for it; what they are otherwise."""
    if arguments.is_open:
        return ""
    given = next((value for name, value in arguments.named if name.endswith(("_factory", "_class"))), None)
    if given is None:
        return otherwise
    return ROW_FACTORIES.get(given.name, "") if isinstance(given, External) else ""


def connections(value: Value) -> tuple[OpenConnection, ...]:
    """The connection that a value is, or is a cursor of; nothing for any other."""
    if isinstance(value, Cursor):
        return (value.of,)
    return (value,) if isinstance(value, OpenConnection) else ()
