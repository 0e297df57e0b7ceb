"""Engines and their connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.coroutines import AWAITED, Coroutine
from archlint.frameworks.sqlalchemy.sessions.lives import closed, happened, opened, written
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.frameworks.sqlalchemy.sessions.urls import text_of
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.frameworks.sqlalchemy.version import Version
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Value

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place


_OF_CONNECTIONS = AWAITED | {"begin", "execution_options"}


class Engine(Behaviour, frozen=True):
    """An engine."""

    is_async: bool
    source: Place | None = None
    url: str = ""
    commits: bool = False
    """It may commit each statement by itself."""

    @property
    def classes(self) -> tuple[str, ...]:
        """An engine of one kind or the other."""
        if self.is_async:
            return ("sqlalchemy.ext.asyncio.AsyncEngine",)
        return ("sqlalchemy.Engine", "sqlalchemy.engine.Engine")

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name in ("begin", "connect", "execution_options")

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A connection, or the same engine with other options."""
        if name == "execution_options":
            return msgspec.structs.replace(self, commits=self.commits or _may_commit(arguments))
        if name in ("connect", "begin"):
            origin = Origin("made", here(site), site.function is not None)
            if name == "connect":
                opened(site, origin)
            commits = self.commits or name == "begin" or self.source is None
            return Connection(Owner(origin, self.is_async, False), commits)
        return UNKNOWN


class EngineMaker(Behaviour, frozen=True):
    """`create_engine`, `create_async_engine`, or the class of what they make."""

    is_noted = False

    is_async: bool

    def call(self, arguments: Arguments, site: Site) -> Value:
        """An engine."""
        url = text_of(arguments.get("url", 0))
        return Engine(self.is_async, here(site), url, _may_commit(arguments))

    def instance(self, site: Site) -> Value:
        """An engine that an annotation promises."""
        return Engine(self.is_async)


def _may_commit(arguments: Arguments) -> bool:
    """Whether options may ask for `AUTOCOMMIT`."""
    asks = any(name in ("isolation_level", "execution_options", "future") for name, _ in arguments.named)
    return asks or arguments.is_open


class Connection(Behaviour, frozen=True):
    """A connection of an engine."""

    owner: Owner
    commits: bool = False
    """It was begun, and commits at the end of its `with`; or it may commit each statement by itself."""

    @property
    def classes(self) -> tuple[str, ...]:
        """A connection of one kind or the other."""
        if self.owner.is_async:
            return ("sqlalchemy.ext.asyncio.AsyncConnection",)
        return ("sqlalchemy.Connection", "sqlalchemy.engine.Connection")

    def awaited(self, site: Site) -> Value:
        """Itself."""
        return self

    def entered(self, site: Site) -> Value:
        """Itself."""
        return self

    def left(self, site: Site) -> None:
        """It goes back to the pool."""
        closed(site, self.owner.origin, here(site))

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name in _OF_CONNECTIONS

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What one of its methods gives."""
        if self.owner.is_async and name in AWAITED:
            return Coroutine(self, name, arguments, here(site))
        return self.run(name, arguments, site)

    def run(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Do it."""
        if name == "execution_options":
            return msgspec.structs.replace(self, commits=self.commits or _may_commit(arguments))
        if name == "close":
            closed(site, self.owner.origin, here(site))
        if name in ("commit", "rollback"):
            happened(site, self.owner.origin, name, here(site))
        if name == "begin":
            return Begun(self)
        statement = arguments.get("statement", 0)
        writes = isinstance(statement, Statement) and statement.writes
        # Those of async engines never committed by themselves.
        waits = bool(self.owner.is_async) or site.project.view(Version).is_two
        if writes and waits and not self.commits:
            written(site, self.owner.origin, here(site))
        if name in ("execute", "stream", "scalars") and isinstance(statement, Statement):
            return Result(
                statement, None, "scalars" if name == "scalars" else "rows", is_stream=name == "stream"
            )
        if name == "run_sync" and arguments.positional:
            function, *rest = arguments.positional
            behind = msgspec.structs.replace(self.owner, is_async=False)
            inside = Connection(behind, self.commits)
            return site.call(function, Arguments((inside, *rest), arguments.named, arguments.is_open))
        return UNKNOWN


class ConnectionClass(Behaviour, frozen=True):
    """`Connection`, `AsyncConnection`."""

    is_noted = False

    is_async: bool

    def instance(self, site: Site) -> Value:
        """A connection that an annotation promises: who gives it has the transaction."""
        return Connection(Owner(Origin("promised"), self.is_async, False), commits=True)


class Begun(Behaviour, frozen=True):
    """`connection.begin()`: a transaction that commits at the end of its `with`."""

    of: Connection

    def awaited(self, site: Site) -> Value:
        """Itself."""
        return self

    def left(self, site: Site) -> None:
        """It commits."""
        happened(site, self.of.owner.origin, "commit", here(site))

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name in ("commit", "rollback")

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Commit or rollback."""
        if name in ("commit", "rollback"):
            happened(site, self.of.owner.origin, name, here(site))
        return Coroutine(self.of, name, arguments, here(site)) if self.of.owner.is_async else UNKNOWN
