"""What every ORM has in common: models, their fields and relations, and who reaches whom.

The adapters of the frameworks make these from facts. A model refers to another by its key, so that all
of it is frozen; `Schema` answers what a key stands for.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.facts.expressions import Expression
    from archlint.project.classes import ProjectClass
    from archlint.project.module import Module


class Place(msgspec.Struct, frozen=True):
    """Where the project declares something; columns count bytes from 0, as in facts."""

    module: Module
    line: int
    column: int = 0


class Cardinality(Enum):
    """How many there are on this side, and on the other."""

    MANY_TO_ONE = "many-to-one"
    ONE_TO_ONE = "one-to-one"
    ONE_TO_MANY = "one-to-many"
    MANY_TO_MANY = "many-to-many"
    UNKNOWN = "unknown"
    """Nobody can tell."""

    @property
    def is_collection(self) -> bool:
        """Whether the other side is many."""
        return self in (Cardinality.ONE_TO_MANY, Cardinality.MANY_TO_MANY)


class Field(msgspec.Struct, frozen=True):
    """A column, or a value that the ORM loads with the row."""

    name: str
    """As the model's attribute and in queries."""

    kind: str
    """Dotted name of the nearest known class it is or inherits from; empty where nobody can tell."""

    owner: str
    """Key of the model, abstract base or mixin that declares it."""

    place: Place | None
    """None for what is known beforehand and for what the ORM adds by itself."""

    attribute: str = ""
    """The attribute that holds the column's value, where it is not `name`: `author_id`."""

    column: str = ""
    """The name in the table, empty where nobody can tell."""

    null: bool | None = None
    primary_key: bool = False
    unique: bool = False
    has_default: bool | None = None
    """Whether a row can be made without giving it; None where nobody can tell."""

    options: Mapping[str, Expression] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """The keyword arguments as they are written."""

    arguments: tuple[Expression, ...] = ()
    """The positional arguments as they are written."""

    cls: ProjectClass | None = None
    """Its own class, where the project defines it."""


class Relation(msgspec.Struct, frozen=True):
    """A way from one model to another. What the other side gets by it is a relation of its own there."""

    name: str
    """The attribute of an instance: `author`, `book_set`. Empty where there is none (`related_name="+"`)."""

    query_name: str
    """Its name in lookups, where it differs from the attribute: `book` for `book_set`."""

    kind: str
    """Dotted name of the nearest known class or function that made it."""

    owner: str
    """Key of the model or abstract base that declares it or, for a reverse relation, has it."""

    target: str
    """Key of the model it leads to; empty where nobody can tell."""

    target_text: str
    """The target as it is written, for words and for targets that do not exist."""

    cardinality: Cardinality
    place: Place | None
    """Of the declaration; for a reverse relation, that of the other side."""

    is_reverse: bool = False
    """Made by a declaration on the other side: related names, backrefs."""

    inverse: str = ""
    """Name of the relation on the other side, empty where there is none."""

    through: str = ""
    """Key of the model, or name of the table, that joins many to many."""

    attribute: str = ""
    """The attribute that holds the key: `author_id`."""

    null: bool | None = None
    primary_key: bool = False
    unique: bool = False
    eager: str = ""
    """How it is loaded when nobody asks: `select`, `joined`, `selectin`, `raise`…; empty for the default."""

    options: Mapping[str, Expression] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    arguments: tuple[Expression, ...] = ()


class Property(msgspec.Struct, frozen=True):
    """An attribute that is neither and may be used in queries all the same.

    Computed ones (`hybrid_property`), other names for a field (`synonym`), ways through a relation to a
    field behind it (`association_proxy`).
    """

    name: str
    kind: str
    """Dotted name of the nearest known class or function that made it."""

    owner: str
    """Key of the model, abstract base or mixin that declares it."""

    place: Place | None
    leads_to: str = ""
    """The members behind it, as a path from the model: `author.name`. Empty where it computes a value."""

    is_settable: bool | None = None
    """Whether an instance can be given it; None where nobody can tell."""


Member: TypeAlias = Field | Relation


class Manager(msgspec.Struct, frozen=True):
    """What hands out query sets of a model: `objects`."""

    name: str
    cls: ProjectClass | None
    """The class of the manager, where the project defines it."""

    queryset: ProjectClass | None
    """The class of its query sets, where the project defines it."""

    is_known: bool
    """Whether all its methods can be seen."""

    place: Place | None = None
    is_plain: bool = False
    """Whether its rows hold what the model has and no more, though not all its methods can be seen."""


class Model(msgspec.Struct, frozen=True):
    """A class that an ORM maps to a table, or an abstract base of such."""

    key: str
    """Its dotted name, module and class; for models known beforehand that of their distribution."""

    name: str
    """The last part of the key."""

    label: str
    """What text refers to it by: `catalog.Product` in Django, the class name in SQLAlchemy."""

    cls: ProjectClass | None
    """The class in the project; None for models known beforehand."""

    place: Place | None
    table: str = ""
    """Name of the table, empty where nobody can tell."""

    fields: Mapping[str, Field] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """By name; inherited ones too."""

    relations: Mapping[str, Relation] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """By attribute name; inherited and reverse ones too."""

    properties: Mapping[str, Property] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """By attribute name; inherited ones too."""

    attributes: frozenset[str] = frozenset()
    """Names of its other attributes, as far as an adapter tells: methods, constants; inherited too."""

    managers: Mapping[str, Manager] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    parents: tuple[str, ...] = ()
    """Keys of the models it inherits from, the nearest first."""

    is_abstract: bool = False
    is_open: bool = False
    """It may have more than can be seen: an unknown base, fields added by code. Nothing is missing here."""

    meta: Mapping[str, Expression] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """Options of the model as they are written, inherited ones too: `ordering`, `unique_together`."""

    @property
    def primary_key(self) -> Member | None:
        """The one field that is the primary key; None where there are several or nobody can tell."""
        members: list[Member] = [*self.fields.values(), *self.relations.values()]
        keys = [member for member in members if member.primary_key]
        return keys[0] if len(keys) == 1 else None

    def member(self, name: str) -> Member | None:
        """The field or relation of this attribute name."""
        return self.fields.get(name) or self.relations.get(name)
