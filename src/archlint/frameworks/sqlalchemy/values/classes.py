"""Mapped classes and aliases, as what statements are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Clause, Selectable
from archlint.frameworks.sqlalchemy.values.hybrids import hybrid_of
from archlint.frameworks.sqlalchemy.values.instance_state import forgotten
from archlint.frameworks.sqlalchemy.values.instances import Instance, assigned
from archlint.frameworks.sqlalchemy.values.mappers import told_of
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.frameworks.sqlalchemy.values.python_properties import property_of
from archlint.frameworks.sqlalchemy.values.queries import RUNNING, query_of
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ProjectClass
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Arguments, Closure, Entries, Value

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.values.entity import Entity

_VALIDATING = frozenset({"from_orm", "model_validate", "parse_obj"})

REQUEST_SCOPED = Owner(Origin("scoped"), False, True)
"""The session behind `Model.query`."""


class MappedTable(Clause, frozen=True):
    """The table of a mapped class."""

    entity: Entity | None = None

    def attribute(self, name: str, site: Site) -> Value:
        """Its columns, or a method that is not called yet."""
        if self.entity is not None and name in ("c", "columns"):
            return told_of(self.entity, name)
        return Clause.attribute(self, name, site)


class ModelClass(Selectable, frozen=True):
    """A mapped class."""

    is_class = True
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

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """SQLModel makes a new object of validated data, too; else what its attribute gives."""
        if name not in _VALIDATING or not self.entity.is_sqlmodel:
            return site.call(self.attribute(name, site), arguments)
        more = arguments.get("update")
        return self.call(Arguments(named=more.values if isinstance(more, Entries) else ()), site)

    def attribute(self, name: str, site: Site) -> Value:
        """A mapped attribute, a query, or what the class has besides."""
        own = hybrid_of(self.entity, self, name, site)
        if own is not None:
            return own
        if name in self.entity.mapped_names:
            return Attr(From(self.entity), name)
        computed = property_of(self.entity, name, site)
        if computed is not None:
            return computed
        own = self._own(name, site)
        if own is UNKNOWN and name == "query":
            owner = REQUEST_SCOPED if self.entity.is_of_flask else UNSEEN  # as `query_property` gives it
            return UNKNOWN if self._asks_its_own_way(site) else query_of((self,), owner, site)
        if own is UNKNOWN and name in ("__table__", "c"):
            return MappedTable(frozenset((From(self.entity),)), True, entity=self.entity)
        return told_of(self.entity, name) if own is UNKNOWN and name == "__mapper__" else own

    def _own(self, name: str, site: Site) -> Value:
        """What the class has besides, or what its base was made of; methods of classes are bound to it."""
        found = site.own_of_class(self.entity.cls, name)
        for base in self.entity.made_with if found is UNKNOWN else ():
            own = site.own_of_class(base, name)
            if own is not UNKNOWN:
                is_bound = isinstance(own, Closure) and own.receiver is not None
                return replace(own, receiver=self) if isinstance(own, Closure) and is_bound else own
        return found

    def _asks_its_own_way(self, site: Site) -> bool:
        """Whether its `query_class` runs queries by methods of its own: `Bill.query.delete(project, id)`."""
        custom = site.own_of_class(self.entity.cls, "query_class")
        if not isinstance(custom, Definition) or custom.kind is not Kind.CLASS:
            return False
        members = ProjectClass(custom.module, custom.index).fact.members
        return any(member.name in RUNNING for member in members)


UNSEEN = Owner(Origin("unknown"), None, None, False)
"""A session that nobody knows."""
