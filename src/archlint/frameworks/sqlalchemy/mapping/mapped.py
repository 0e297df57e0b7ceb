"""One mapped class, put together from its own body, its mixins and its mapped parent."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.frameworks.orm import Property
    from archlint.frameworks.sqlalchemy.mapping.attributes import Loaded
    from archlint.frameworks.sqlalchemy.mapping.lineage import Registry
    from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
    from archlint.frameworks.sqlalchemy.tables.words import Column, Table
    from archlint.project.classes import ProjectClass


class MappedClass(msgspec.Struct, frozen=True):
    """A class that is mapped to a table, or an abstract base of such."""

    cls: ProjectClass
    registry: Registry | None
    """None where nobody can tell."""

    parent: ProjectClass | None
    """The nearest mapped class it inherits from."""

    table: Table | None
    """Its own table; None where it shares the one of its parent, and for abstract bases."""

    columns: Mapping[str, Column] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """By attribute; those of its parents too."""

    relationships: Mapping[str, Relationship] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    properties: Mapping[str, Property] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    loaded: Mapping[str, Loaded] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    attributes: frozenset[str] = frozenset()
    owners: Mapping[str, str] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """Dotted name of the class whose body declares an attribute."""

    meta: Mapping[str, Expression] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """The dunder attributes that SQLAlchemy reads: `__tablename__`, `__mapper_args__`."""

    is_abstract: bool = False
    is_imperative: bool = False
    """Mapped from outside, not by inheriting from a base."""

    is_open: bool = False
    given_later: frozenset[str] = frozenset()
    """What decorators and `__init_subclass__` set on it and its bases; empty where nobody can tell."""

    @property
    def key(self) -> str:
        """Its dotted name."""
        return self.cls.name

    @property
    def is_local(self) -> bool:
        """Whether a function makes it, so that it is there only while that runs."""
        return "()" in self.cls.fact.qualname
