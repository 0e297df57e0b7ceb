"""Results of statements: in which shape their rows come, and whether they were made unique."""

from __future__ import annotations

import msgspec

from archlint.frameworks.sqlalchemy.sessions.lives import Mark
from archlint.frameworks.sqlalchemy.sessions.owner import Owner
from archlint.frameworks.sqlalchemy.values.expressions import Selectable
from archlint.frameworks.sqlalchemy.values.rows import Row, RowMapping, Rows
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import NONE, Arguments, Constant, Pending, Value, joined

ALL = frozenset({"all", "fetchall", "fetchmany"})
ONE = frozenset({"one", "scalar_one"})
ONE_OR_NONE = frozenset({"one_or_none", "scalar_one_or_none", "first", "fetchone", "scalar"})
STRICT = frozenset(
    {
        "all",
        "fetchall",
        "fetchmany",
        "fetchone",
        "one",
        "one_or_none",
        "scalar_one",
        "scalar_one_or_none",
        "partitions",
    }
)
"""Methods that refuse joined collections without `unique()`."""

_SAME = frozenset({"yield_per", "execution_options", "columns"})
_METHODS = ALL | ONE | ONE_OR_NONE | STRICT | _SAME | {"mappings", "scalars", "tuples", "unique"}
_ASYNC = ALL | ONE | ONE_OR_NONE | {"close", "freeze"}


class Result(Behaviour, frozen=True):
    """What `execute` gives, or what `scalars`, `mappings` and `unique` make of it."""

    of: Statement
    owner: Owner | None = None
    """The session that has run the statement; None for a connection, and where nobody knows which it was."""

    shape: str = "rows"
    """`rows`, `scalars` or `mappings`."""

    column: int = 0
    """Which column `scalars` takes."""

    is_unique: bool = False
    is_stream: bool = False
    """Its methods are awaited."""

    is_unseen: bool = False
    """Nobody knows whether a session has run it or a connection."""

    before: Mark | None = None
    """The last close of its session when the statement ran."""

    def __hash__(self) -> int:
        return hash((self.of, self.shape, self.column, self.is_unique))

    @property
    def has_objects(self) -> bool:
        """Whether its rows hold objects of mapped classes, which are made when the row is fetched."""
        roots = [column.root for column in self.of.given if isinstance(column, Selectable)]
        return any(root is not None and root.entity is not None for root in roots)

    @property
    def classes(self) -> tuple[str, ...]:
        """A result, a scalar one where `scalars` made it."""
        name = "ScalarResult" if self.shape == "scalars" else "Result"
        return (f"sqlalchemy.{name}", f"sqlalchemy.engine.{name}")

    def element(self, site: Site, *, is_many: bool) -> Value:
        """One of what it holds."""
        if self.shape == "scalars":
            return self._scalar(self.column, site, is_many=is_many)
        row = self.of.row(site, self.owner, is_many=is_many, is_unseen=self.is_unseen)
        return RowMapping(row) if self.shape == "mappings" and isinstance(row, Row) else row

    def each(self, site: Site) -> Value:
        """One after the other."""
        return self.element(site, is_many=True)

    def awaited(self, site: Site) -> Value:
        """A session that nobody knows is async, since somebody awaits it."""
        owner = self.owner
        if owner is not None and owner.is_async is None:
            return self.changed(owner=Owner(owner.origin, True, owner.expires, False))
        return self

    def has_method(self, name: str) -> bool:
        """All but `rowcount` and the like."""
        return name in _METHODS

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Another shape, a list, one row or one value."""
        found = self._method(name, arguments, site)
        return Pending(found) if self.is_stream and name in _ASYNC else found

    def _method(self, name: str, arguments: Arguments, site: Site) -> Value:
        if name == "unique":
            return self.changed(is_unique=True)
        if name == "scalars":
            index = arguments.get("index", 0)
            column = index.value if isinstance(index, Constant) and isinstance(index.value, int) else 0
            return self.changed(shape="scalars", column=column)
        if name == "mappings":
            return self.changed(shape="mappings")
        if name in _SAME:
            return self
        if name == "tuples":
            return self
        if name in ALL:
            return Rows(self.element(site, is_many=True))
        if name == "partitions":
            return Rows(Rows(self.element(site, is_many=True)), is_list=False)
        if name in ("scalar", "scalar_one", "scalar_one_or_none"):
            value = self._scalar(0, site, is_many=False)
            return value if name == "scalar_one" else joined(value, NONE)
        if name in ONE or name in ONE_OR_NONE:
            value = self.element(site, is_many=False)
            return value if name in ONE else joined(value, NONE)
        return UNKNOWN

    def _scalar(self, index: int, site: Site, *, is_many: bool) -> Value:
        has_session = self.owner is not None or self.is_unseen
        return self.of.scalar(index, site, self.owner, is_many=is_many, has_session=has_session)

    def changed(self, **fields: object) -> Result:
        """The same with other fields."""
        return msgspec.structs.replace(self, **fields)
