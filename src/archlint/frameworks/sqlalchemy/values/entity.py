"""A mapped class as values speak of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.facts.expressions import Literal

if TYPE_CHECKING:
    from archlint.frameworks.orm import Model, Relation
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.project.classes import ProjectClass

EAGER = frozenset({"joined", "selectin", "subquery", "immediate"})
"""Ways of loading by which a relationship is there with its row."""


class Entity:
    """There is one object for each mapped class, so that values compare by identity."""

    __slots__ = ("_all", "made_with", "mapped", "may_fetch_defaults", "model")

    def __init__(
        self,
        model: Model,
        mapped: MappedClass,
        every: Mapping[str, Entity],
        *,
        may_fetch_defaults: bool = False,
        made_with: tuple[ProjectClass, ...] = (),
    ) -> None:
        self.model = model
        self.mapped = mapped
        self.may_fetch_defaults = may_fetch_defaults
        """Whether it may ask for what the database writes: `__mapper_args__ = {"eager_defaults": True}`."""

        self.made_with = made_with
        """Its ancestors behind a base that is a value: `declarative_base(cls=Model)`, `db.Model, Saving`."""

        self._all = every

    def __repr__(self) -> str:
        return f"Entity({self.key!r})"

    @property
    def key(self) -> str:
        """The dotted name of the class."""
        return self.model.key

    @property
    def name(self) -> str:
        """The name of the class."""
        return self.model.name

    @property
    def cls(self) -> ProjectClass:
        """The class in the project."""
        return self.mapped.cls

    @property
    def is_open(self) -> bool:
        """Whether it may have more than can be seen."""
        return self.model.is_open or self.mapped.is_open or not self.model.fields

    @property
    def is_sqlmodel(self) -> bool:
        """Whether SQLModel makes its constructor."""
        registry = self.mapped.registry
        return registry is not None and registry.naming == "lower"

    @property
    def is_of_flask(self) -> bool:
        """Whether it is a model of Flask-SQLAlchemy, whose `query` asks the session of the request."""
        registry = self.mapped.registry
        return registry is not None and registry.naming == "snake"

    @property
    def mapped_names(self) -> frozenset[str]:
        """What queries may speak of: columns, relationships, properties."""
        model = self.model
        return frozenset((*model.fields, *model.relations, *model.properties))

    def others(self) -> Iterable[Entity]:
        """All mapped classes, itself among them."""
        return self._all.values()

    def sharing(self) -> Iterator[Entity]:
        """The classes that inherit from it and have no table of their own: their columns are in its table."""
        heirs = (each for each in self._all.values() if self.key in each.model.parents)
        return (each for each in heirs if each.mapped.table is None)

    def relation(self, name: str) -> Relation | None:
        """The relationship of this name."""
        return self.model.relations.get(name)

    def target(self, name: str) -> Entity | None:
        """The mapped class that a relationship leads to; None where nobody can tell."""
        relation = self.model.relations.get(name)
        return self._all.get(relation.target) if relation is not None else None

    def through(self, name: str) -> str:
        """The attribute that is read with another: that of an `association_proxy`, of a `synonym`."""
        known = self.model.properties.get(name)
        first = known.leads_to.partition(".")[0] if known is not None else ""
        return first if first in self.model.relations or first in self.model.fields else name

    def lazy(self, name: str) -> str:
        """How a relationship is loaded by its mapping; empty where nobody can tell."""
        relation = self.model.relations.get(name)
        if relation is None:
            return ""
        written = relation.options.get("lazy")
        if written is None:
            return relation.eager or "select"
        if not isinstance(written, Literal):
            return ""
        if written.value is True:
            return "select"
        if not written.value:
            return "joined" if written.value is False else "noload"
        return str(written.value)

    def is_a(self, other: Entity) -> bool:
        """Whether it is another entity or inherits from it."""
        return self is other or other.key in self.model.parents

    def relates(self, other: Entity) -> bool:
        """Whether one of the two inherits from the other."""
        return self.is_a(other) or other.is_a(self)
