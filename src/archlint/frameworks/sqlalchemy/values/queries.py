"""The legacy `Query`: a statement that belongs to a session and runs itself."""

from __future__ import annotations

from archlint.frameworks.sqlalchemy.loads.identities import chosen
from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.lives import written
from archlint.frameworks.sqlalchemy.sessions.owner import Owner
from archlint.frameworks.sqlalchemy.sessions.transacting import fetched, worked
from archlint.frameworks.sqlalchemy.values.expressions import Selectable
from archlint.frameworks.sqlalchemy.values.pages import Page
from archlint.frameworks.sqlalchemy.values.rows import Rows
from archlint.frameworks.sqlalchemy.values.statements import Statement, select_of
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import NONE, SLICE, Arguments, Value, joined

RUNNING = frozenset(
    {
        "all",
        "count",
        "delete",
        "first",
        "first_or_404",
        "get",
        "get_or_404",
        "one",
        "one_or_404",
        "one_or_none",
        "paginate",
        "scalar",
        "update",
    }
)
"""Methods that run a query."""


class Query(Statement, frozen=True):
    """`session.query(…)`, `Model.query`."""

    def attribute(self, name: str, site: Site) -> Value:
        """Nothing that is followed."""
        return UNKNOWN

    def has_method(self, name: str) -> bool:
        """What runs it, and what makes it longer."""
        return name in RUNNING or super().has_method(name)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A longer query, or what it finds."""
        if name in RUNNING:
            self._run(site, by_key=name.startswith("get"))
        if name == "all":
            return Rows(self._element(site, is_many=True), is_list=True)
        if name == "values":
            asked = self.built("with_entities", arguments)
            return Rows(asked.row(site, self.owner, is_many=True)) if isinstance(asked, Query) else UNKNOWN
        if name in ("one", "first_or_404", "one_or_404", "get_or_404", "get_one"):
            return self._element(site, is_many=False)
        if name in ("first", "one_or_none", "get"):
            return joined(self._element(site, is_many=False), NONE)
        if name == "scalar":
            return joined(self.first_column(site, self.owner, is_many=False), NONE)
        if name in ("update", "delete"):
            if self.owner is not None:
                written(site, self.owner.origin, here(site))
            return UNKNOWN
        if name == "paginate":
            return Page(self._element(site, is_many=True))
        if name == "count":
            return UNKNOWN
        return self.built(name, arguments)

    def each(self, site: Site) -> Value:
        """One after the other."""
        self._run(site)
        return self._element(site, is_many=True)

    def item(self, index: Value, site: Site) -> Value:
        """`query[0]`, `query[:10]`."""
        if index == SLICE:
            return Rows(self._element(site, is_many=True))
        return self._element(site, is_many=False)

    def _run(self, site: Site, *, by_key: bool = False) -> None:
        """Its session asks the database."""
        if self.owner is not None:
            begin = fetched if by_key else worked
            begin(site, self.owner)

    def _element(self, site: Site, *, is_many: bool) -> Value:
        """An object where one class is asked for, else a row."""
        only = self.columns[0] if self.is_single else None
        if only is not None and not isinstance(only, Selectable):
            return UNKNOWN
        if isinstance(only, Selectable) and only.root is not None and only.root.entity is not None:
            if self.owner is not None:
                chosen(site, self.owner.origin, self, only.root)
            return self.held(only, site, self.owner, is_many=is_many)
        return self.row(site, self.owner, is_many=is_many)


def query_of(columns: tuple[Value, ...], owner: Owner | None, site: Site) -> Query:
    """The query that some columns begin."""
    plain = select_of("query", here(site), columns, owner)
    return Query(**{name: getattr(plain, name) for name in plain.__struct_fields__})
