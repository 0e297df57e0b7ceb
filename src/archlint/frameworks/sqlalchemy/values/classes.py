"""Mapped classes, their aliases and tables, as what statements are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.values.expressions import Attr, Clause, Selectable
from archlint.frameworks.sqlalchemy.values.instances import Instance, Owner, assigned, forgotten
from archlint.frameworks.sqlalchemy.values.lives import Origin
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.frameworks.sqlalchemy.values.places import here
from archlint.frameworks.sqlalchemy.values.queries import query_of
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Arguments, Closure, Constant, Value

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.tables import Table
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.project.classes import ProjectClass

REQUEST_SCOPED = Owner(Origin("scoped"), False, True)
"""The session behind `Model.query`."""


class ModelClass(Selectable, frozen=True):
    """A mapped class."""

    is_true = True

    entity: Entity

    def __hash__(self) -> int:
        return hash((ModelClass, id(self.entity)))

    @property
    def cls(self) -> ProjectClass | None:
        """The class in the project."""
        return self.entity.cls

    @property
    def root(self) -> From | None:
        """Itself."""
        return From(self.entity)

    @property
    def froms(self) -> frozenset[From]:
        """Itself."""
        return frozenset((From(self.entity),))

    def instance(self, site: Site) -> Value:
        """An object of it, of which nothing else is known."""
        return Instance(self.entity)

    def passed(self, name: str, arguments: Arguments, site: Site) -> Value | None:
        """`session.query(Order)` where nobody knows the session."""
        return query_of(arguments.positional, UNSEEN, site) if name == "query" else None

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A new object."""
        made = Instance(self.entity, "new", here(site))
        forgotten(site, made)
        constructor = site.own(self.entity.cls, made, "__init__")
        if isinstance(constructor, Closure):
            site.call(constructor, arguments)
        else:
            for name, value in arguments.named:
                assigned(site, made, name, value)
        return made

    def attribute(self, name: str, site: Site) -> Value:
        """A mapped attribute, a query, or what the class has besides."""
        if name in self.entity.mapped_names:
            return Attr(From(self.entity), name)
        own = site.own_of_class(self.entity.cls, name)
        if own is UNKNOWN and name == "query":
            return query_of((self,), REQUEST_SCOPED, site)
        if own is UNKNOWN and name in ("__table__", "c"):
            return Clause(frozenset((From(self.entity),)), True)
        return own


class Aliased(Selectable, frozen=True):
    """`aliased(Order)`: the class once more in the same statement."""

    origin: From

    @property
    def root(self) -> From | None:
        """Itself."""
        return self.origin

    @property
    def froms(self) -> frozenset[From]:
        """Itself."""
        return frozenset((self.origin,))

    def attribute(self, name: str, site: Site) -> Value:
        """A mapped attribute."""
        entity = self.origin.entity
        known = entity is not None and name in entity.mapped_names
        return Attr(self.origin, name) if known else UNKNOWN


class TableValue(Selectable, frozen=True):
    """A table of Core."""

    table: Table

    def __hash__(self) -> int:
        return hash((TableValue, id(self.table)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TableValue) and other.table is self.table

    @property
    def root(self) -> From | None:
        """Itself."""
        return From(None, self.table)

    @property
    def froms(self) -> frozenset[From]:
        """Itself."""
        return frozenset((From(None, self.table),))

    def attribute(self, name: str, site: Site) -> Value:
        """Its columns."""
        return Columns(self) if name in ("c", "columns") else UNKNOWN


class Columns(Selectable, frozen=True):
    """`table.c`."""

    of: TableValue

    def attribute(self, name: str, site: Site) -> Value:
        """A column."""
        return Clause(self.of.froms, label=name)

    def item(self, index: Value, site: Site) -> Value:
        """A column."""
        return Clause(self.of.froms, label=str(index.value) if isinstance(index, Constant) else "")


UNSEEN = Owner(Origin("unknown"), None, None, False)
"""A session that nobody knows."""


def aliased(value: Value, place: Place) -> Value:
    """What `aliased` makes of a class."""
    root = value.root if isinstance(value, Selectable) else None
    return Aliased(From(root.entity, root.table, place)) if root is not None else UNKNOWN
