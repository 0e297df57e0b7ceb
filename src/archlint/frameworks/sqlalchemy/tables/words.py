"""Tables, their columns and what these refer to: the words of SQLAlchemy Core."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from archlint.facts.expressions import Call
from archlint.frameworks.orm import Place
from archlint.project.answer import Answer
from archlint.project.module import Module


class Reference(msgspec.Struct, frozen=True):
    """What one `ForeignKey` names: a column of a table, as text or as an attribute."""

    place: Place
    text: str = ""
    """`users.id`, `shop.users.id`; empty where it is no text, or none that can be read."""

    answer: Answer | None = None
    """What an attribute stands for: `User.id`, `users.c.id`."""

    is_by_name: bool = False
    """`link_to_name`: it means the column's name, not its key."""

    @property
    def table(self) -> str:
        """The key of the table that the text names."""
        return self.text.rpartition(".")[0] or self.text

    @property
    def column(self) -> str:
        """The key of the column that the text names; empty where it names only a table."""
        before, _, last = self.text.rpartition(".")
        return last if before else ""


class Column(msgspec.Struct, frozen=True):
    """A column of a table."""

    key: str
    """Its name in `table.c`; empty where nobody can tell."""

    name: str
    """Its name in the database; empty where nobody can tell."""

    type: str
    """Dotted name of its type; empty where nobody can tell."""

    place: Place
    call: Call | None
    maker: str
    """`Column`, `mapped_column`, `Field`, or empty for an annotation alone."""

    primary_key: bool | None = False
    nullable: bool | None = None
    unique: bool = False
    has_default: bool | None = None
    references: tuple[Reference, ...] = ()
    module: Module | None = None
    """The module the call is written in, where that is not the one of its place."""

    operators: str = ""
    """Dotted name of SQLAlchemy's type whose operators it has; empty where nobody can tell."""


class ForeignKey(msgspec.Struct, frozen=True):
    """One or several columns of a table that refer to as many of another."""

    columns: tuple[str, ...]
    """Keys of the columns that refer."""

    references: tuple[Reference, ...]
    """What each refers to."""


class Constraint(msgspec.Struct, frozen=True):
    """A constraint or an index that names columns of its table."""

    maker: str
    """`UniqueConstraint`, `Index`."""

    keys: tuple[tuple[str, Place], ...]
    """The columns that it names by texts, and where."""


class Table(msgspec.Struct, frozen=True):
    """A table, whether a class or a call declares it."""

    name: str
    """Its name without schema; empty where nobody can tell."""

    schema: str | None
    """Empty where it has none, None where nobody can tell."""

    metadata: str
    """Dotted name of its metadata; empty where nobody can tell."""

    place: Place
    owner: str
    """Dotted name of the class or of the value that it is."""

    columns: Mapping[str, Column] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """By key."""

    foreign_keys: tuple[ForeignKey, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    is_open: bool = False
    """It may have more columns or keys than can be seen."""

    is_extending: bool = False
    """It may be declared more than once: `extend_existing`, `keep_existing`, or nothing but its name."""

    module: Module | None = None
    """The module of the function that makes it, where that is not the one of its place."""

    @property
    def key(self) -> str:
        """What foreign keys call it; empty where nobody can tell."""
        if not self.name or self.schema is None:
            return ""
        return f"{self.schema}.{self.name}" if self.schema else self.name
