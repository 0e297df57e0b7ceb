"""Statements as values: what they select, join, load and restrict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.sqlalchemy.loads.loads import Option, loads_for
from archlint.frameworks.sqlalchemy.sessions.lives import Since, since
from archlint.frameworks.sqlalchemy.sessions.owner import Owner
from archlint.frameworks.sqlalchemy.values.building import (
    BUILDING,
    CLAUSES,
    COMPOUNDS,
    DERIVED,
    INNER,
    JOINS,
    RELABELLING,
    SAME,
)
from archlint.frameworks.sqlalchemy.values.cells import cell_of
from archlint.frameworks.sqlalchemy.values.columns import Bundled, Columns, Derived
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Clause, Exists, Selectable, clause_of
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.frameworks.sqlalchemy.values.options import LoaderOption
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.frameworks.sqlalchemy.values.rows import Row
from archlint.frameworks.sqlalchemy.values.selected import given as given_columns
from archlint.frameworks.sqlalchemy.values.selected import is_one, name_of, unfolded
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.remembered import MIXED
from archlint.project.flow.values import NONE, Arguments, Constant, Items, Value, alternatives

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place

WRITING = frozenset({"insert", "update", "delete"})
_WRITING_WORDS = (*WRITING, "replace", "merge")


_CLASSES = {
    "select": ("sqlalchemy.Select", "sqlalchemy.sql.Select"),
    "query": ("sqlalchemy.orm.Query",),
    "insert": ("sqlalchemy.Insert", "sqlalchemy.sql.Insert"),
    "update": ("sqlalchemy.Update", "sqlalchemy.sql.Update"),
    "delete": ("sqlalchemy.Delete", "sqlalchemy.sql.Delete"),
    "text": ("sqlalchemy.TextClause",),
}

_SHAPES = {"execute": "rows", "scalars": "scalars"}
"""What a session gives that runs a statement, by the method."""


class Statement(Behaviour, frozen=True):
    """A statement, as far as it has been built."""

    kind: str
    """`select`, `query`, `insert`, `update`, `delete`, `text`."""

    source: Place
    """Where it begins."""

    columns: tuple[Value, ...] = ()
    froms: frozenset[From] = frozenset()
    """All that it selects from or changes, as far as can be seen."""

    last: From | None = None
    """What `filter_by` speaks of: what was joined last."""

    anchors: frozenset[From] = frozenset()
    """What `select_from` names and was joined to it: joins begin there, whatever else is selected."""

    joined: tuple[From, ...] = ()
    links: frozenset[frozenset[From]] = frozenset()
    """What joins and conditions tie together."""

    options: tuple[Option, ...] = ()
    owner: Owner | None = None
    """The session of a `query`."""

    is_open: bool = False
    """It may select from more than can be seen."""

    loads_more: bool = False
    """It may load more than can be seen."""

    is_restricted: bool = False
    """It has a condition."""

    picks: frozenset[From] = frozenset()
    """The classes of whose rows conditions leave the one that another row speaks of."""

    ties: frozenset[tuple[From, str]] = frozenset()
    """The attributes by which all rows refer to rows that are at hand."""

    alike: frozenset[tuple[From, str]] = frozenset()
    """The columns in which all rows have the same value."""

    is_limited: bool = False
    gives_one: bool = False
    """It gives one row at most: `limit(1)`."""

    is_relabelled: bool = False
    """Its columns have other names than they say: `set_label_style(…)`."""

    is_scalar: bool = False
    """It was made by SQLModel's `select` of one thing, of which its `exec` gives that, and no rows."""

    text: str = ""
    bound: frozenset[str] = frozenset()
    """The names in a text that have a value."""

    def __hash__(self) -> int:
        return hash((self.kind, self.source, self.columns, self.last, self.options, self.owner))

    @property
    def classes(self) -> tuple[str, ...]:
        """`sqlalchemy.Select` and its like; a query is of the ORM."""
        return _CLASSES.get(self.kind, ())

    @property
    def target(self) -> From | None:
        """What an `insert`, `update` or `delete` changes."""
        first = self.columns[0] if self.columns else None
        return first.root if isinstance(first, Selectable) else None

    @property
    def writes(self) -> bool:
        """Whether it changes rows, by its kind or the first word of its text."""
        return self.kind in WRITING or self.text.lstrip().lower().startswith(_WRITING_WORDS)

    @property
    def is_single(self) -> bool:
        """Whether it selects one thing."""
        return len(self.columns) == 1

    def passed(self, name: str, arguments: Arguments, site: Site) -> Value | None:
        """A session that nobody knows runs it: what it loads besides, nobody follows."""
        from archlint.frameworks.sqlalchemy.values.results import Result  # which knows statements

        shape = _SHAPES.get(name)
        return Result(self, shape=shape, is_unseen=True) if shape and self.kind == "select" else None

    def attribute(self, name: str, site: Site) -> Value:
        """`subquery.c` and the like: anything; of an insert, the columns of the row that was refused."""
        table = self.target.only_table if name == "excluded" and self.target is not None else None
        if table is not None:
            return Columns(From(None, table))
        return Clause(frozenset(), True) if name in ("c", "columns", "selected_columns") else UNKNOWN

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name in BUILDING

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A longer statement; nobody knows what an unknown method makes of it."""
        return self.built(name, arguments)

    def built(self, name: str, arguments: Arguments) -> Value:
        """A longer statement."""
        given = arguments.positional
        if name in CLAUSES:
            return self.restricted(given)
        if name in ("bindparams", "params") and self.kind == "text" and not (given or arguments.is_open):
            return self.changed(bound=self.bound | {key for key, _ in arguments.named})
        if name == "filter_by":
            alike = [(self.last, key) for key, _ in arguments.named if self.last is not None]
            return self.changed(is_restricted=True, alike=self.alike.union(alike))
        if name in ("bindparams", "params"):
            return self.changed(is_restricted=True)
        if name in JOINS:
            return self.joining(given, arguments.get("onclause", 1))
        if name == "join_from" or name == "outerjoin_from":
            return self.selecting(given[:1]).joining(given[1:], arguments.get("onclause", 2))
        if name == "select_from":
            return self.selecting(given)
        if name == "options":
            return self.loading(arguments)
        if name in ("with_only_columns", "with_entities"):
            return select_of(self.kind, self.source, given_columns(given, arguments), self.owner, self)
        if name in ("add_columns", "add_column", "add_entity"):
            columns = (*self.columns, *given_columns(given, arguments))
            return select_of(self.kind, self.source, columns, self.owner, self)
        if name == "returning":
            return self.changed(columns=(*self.columns[:1], *(given_columns(given, arguments) or (UNKNOWN,))))
        if name in ("limit", "offset", "slice", "fetch"):
            is_limited = not given or NONE not in alternatives(given[0])  # `limit(None)` takes it away
            return self.changed(is_limited=is_limited, gives_one=name == "limit" and given == (Constant(1),))
        if name in RELABELLING:
            return self.changed(is_relabelled=True)
        if name in ("order_by", "values") or name in SAME:
            return self
        if name in DERIVED:
            names = None if "with_labels" in dict(arguments.named) else self._names()
            columns = unfolded(self.given, has_session=False) if names is not None else ()
            return Derived(frozenset(), True, selected=names, columns=columns)
        if name == "exists":
            return Exists(frozenset(), True)
        if name in COMPOUNDS:
            return Compound(frozenset(), True, first=self)
        if name in INNER:
            return Clause(frozenset(), True)
        return UNKNOWN

    def restricted(self, conditions: tuple[Value, ...]) -> Statement:
        """With further conditions."""
        froms, links = set(self.froms), set(self.links)
        is_open = self.is_open
        for condition in conditions:
            clause = clause_of((condition,))
            if not isinstance(condition, Selectable) or clause.is_open:
                is_open = True
            froms |= clause.froms
            if len(clause.froms) > 1:
                links.add(clause.froms)
        clauses = [each for each in conditions if isinstance(each, Clause)]
        picked = [each.picked for each in clauses if each.picked is not None]
        tied = [each.tied for each in clauses if each.tied is not None]
        return self.changed(
            froms=frozenset(froms),
            links=frozenset(links),
            is_open=is_open,
            is_restricted=bool(conditions),
            picks=self.picks.union(picked),
            ties=self.ties.union(tied),
            alike=self.alike.union([each.alike for each in clauses if each.alike is not None]),
        )

    def joining(self, targets: tuple[Value, ...], onclause: Value | None) -> Statement:
        """With a further join."""
        found = self
        for target in targets[:1]:
            left, right = ends(target)
            if right is None:
                return self.changed(is_open=True, last=None)
            before = left if left is not None else (self.last or next(iter(self.froms), None))
            tied = clause_of((onclause,)).froms if isinstance(onclause, Selectable) else frozenset()
            group = frozenset({right, *tied, *((before,) if before is not None else ())})
            found = self.changed(
                froms=self.froms | {right} | tied,
                last=right,
                anchors=self.anchors and self.anchors | {right},
                joined=(*self.joined, right),
                links=self.links | {group},
            )
        return found

    def selecting(self, targets: tuple[Value, ...]) -> Statement:
        """With an explicit FROM."""
        roots = [target.root for target in targets if isinstance(target, Selectable)]
        known = [root for root in roots if root is not None]
        is_open = self.is_open or len(known) != len(targets)
        last = known[-1] if known and not self.joined else self.last
        anchors = self.anchors | set(known) if self.anchors or not self.joined else self.anchors
        return self.changed(froms=self.froms | set(known), last=last, anchors=anchors, is_open=is_open)

    def loading(self, arguments: Arguments) -> Statement:
        """With loader options."""
        found, more = list(self.options), self.loads_more or arguments.is_open
        for value in flat(arguments.positional):
            if isinstance(value, LoaderOption):
                found += value.options
            else:
                more = True
        return self.changed(options=tuple(found), loads_more=more)

    def changed(self, **fields: object) -> Statement:
        """The same with other fields."""
        return msgspec.structs.replace(self, **fields)

    # -- what its rows hold

    def row(self, site: Site, owner: Owner | None, *, is_many: bool, is_unseen: bool = False) -> Value:
        """One row of its result. `is_unseen`: either a session runs it or a connection."""
        has_session = owner is not None or is_unseen
        columns = unfolded(self.given, has_session=has_session)
        items = tuple([self.held(column, site, owner, is_many=is_many) for column in columns])
        names = tuple([name_of(column, has_session=has_session) for column in columns])
        is_whole = bool(columns) and all(is_one(column, has_session=has_session) for column in columns)
        return Row(items, names, is_whole and (not is_unseen or names == self._names()))

    def _names(self) -> tuple[str, ...] | None:
        """The names of what its rows hold as a subquery; None where nobody can tell."""
        columns = unfolded(self.given, has_session=False)
        if (
            self.kind == "text"
            or self.is_relabelled
            or not all(is_one(each, has_session=False) for each in columns)
        ):
            return None
        return tuple(name_of(column) for column in columns) or None

    @property
    def given(self) -> tuple[Value, ...]:
        """What its rows are made of."""
        return self.columns[1:] if self.kind in WRITING else self.columns

    def first_column(self, site: Site, owner: Owner | None, *, is_many: bool) -> Value:
        """What is in the first column of a row."""
        return self.scalar(0, site, owner, is_many=is_many, has_session=owner is not None)

    def scalar(
        self, index: int, site: Site, owner: Owner | None, *, is_many: bool, has_session: bool
    ) -> Value:
        """What is in one column of a row, where that is taken by itself."""
        columns = unfolded(self.given, has_session=has_session)
        if not 0 <= index < len(columns):
            return UNKNOWN
        found = self.held(columns[index], site, owner, is_many=is_many)
        return cell_of(columns[index]) if found is UNKNOWN else found

    def held(self, column: Value, site: Site, owner: Owner | None, *, is_many: bool) -> Value:
        """What is in a column: an object for a mapped class, a row for a bundle."""
        if isinstance(column, Bundled):
            items = tuple([self.held(each, site, owner, is_many=is_many) for each in column.columns])
            return Row(items, tuple(map(name_of, column.columns)), column.is_whole)
        root = column.root if isinstance(column, Selectable) else None
        if root is None or root.entity is None:
            return UNKNOWN
        began = since(site.state, owner.origin) if owner is not None else None
        found = Instance(
            root.entity,
            "many" if is_many and not self.gives_one else "one",
            self.source,
            (),
            owner,
            began or Since(),
            loads_for(self.options, root),
            self.loads_more or (owner is not None and began is None),
        )
        if site.state((found.track, "expired")) is True:
            site.remember((found.track, "expired"), MIXED)  # it is read anew
        return found


class Compound(Clause, frozen=True):
    """`union(…)` and its like: a statement whose rows are called as those of the first one in it."""

    first: Statement | None = None

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What is selected from, the same with an order, or anything."""
        if name in DERIVED and self.first is not None:
            return self.first.built(name, arguments)
        if name in ("limit", "offset", "order_by"):
            return self
        return super().method(name, arguments, site)


def select_of(
    kind: str,
    source: Place,
    columns: tuple[Value, ...],
    owner: Owner | None = None,
    before: Statement | None = None,
) -> Statement:
    """A statement over some columns; `before` is one that had others."""
    froms: frozenset[From] = frozenset()
    is_open = False
    for column in columns:
        if isinstance(column, Selectable):
            froms |= column.froms
            is_open = is_open or column.is_open
        else:
            is_open = True
    # A statement as a column gives a value, whatever it selects.
    columns = tuple([UNKNOWN if isinstance(column, Statement) else column for column in columns])
    first = next((column for column in columns if isinstance(column, Selectable) and column.froms), None)
    last = next(iter(first.froms)) if first is not None and len(first.froms) == 1 else None
    if before is None:
        return Statement(kind, source, columns, froms, last, owner=owner, is_open=is_open)
    return before.changed(
        columns=columns, froms=froms | set(before.joined), is_open=True, last=before.last or last
    )


def ends(target: Value) -> tuple[From | None, From | None]:
    """Where a join comes from, if its target says so, and what it adds; None where nobody can tell."""
    if isinstance(target, Attr):
        return target.origin, target.target
    root = target.root if isinstance(target, Selectable) else None
    return None, root


def flat(values: tuple[Value, ...]) -> list[Value]:
    """Values, those in lists and tuples one by one."""
    found: list[Value] = []
    for value in values:
        if isinstance(value, Items):
            found += flat(value.items)
        else:
            found.append(value)
    return found
