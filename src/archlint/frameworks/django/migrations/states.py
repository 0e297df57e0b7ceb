"""The models of an app at one point of its migrations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.module import Module


class Written(msgspec.Struct, frozen=True):
    """A call that makes a field, and the file in which it stands."""

    form: Expression
    module: Module


class ModelState(msgspec.Struct):
    """A model as migrations leave it."""

    name: str
    module: Module
    """The file that creates it, or that gave it its name."""

    line: int = 0
    fields: dict[str, Expression] = msgspec.field(default_factory=dict)
    """The calls that make its fields, by their names."""

    written_in: dict[str, Module] = msgspec.field(default_factory=dict)
    """The files in which these calls stand."""

    options: Mapping[str, Expression] | None = msgspec.field(default_factory=dict)
    """What its `Meta` would say; None where nobody can tell."""

    bases: Expression | None = None
    managers: Expression | None = None
    former: frozenset[str] = frozenset()
    """Names that it had, in lower case."""

    unsure: Mapping[str, frozenset[Written]] = msgspec.field(default_factory=dict)
    """Fields that it may have or not, or that are made by one call or by another; and all these calls."""

    without_default: set[str] = msgspec.field(default_factory=set)
    """Fields whose default was only for the rows that were there: `preserve_default=False`."""

    is_plain: bool = True
    """Whether it has a table that Django looks after: it is no proxy, and not unmanaged."""

    is_bound: bool = False
    """Whether indexes or constraints were ever added that may name its fields."""

    def calls(self, name: str) -> frozenset[Written]:
        """The calls of which one makes a field."""
        return self.unsure.get(name) or frozenset([Written(self.fields[name], self.written_in[name])])

    def put(self, name: str, made: Expression, module: Module) -> None:
        """Give it a field, or make one another."""
        self.fields[name] = made
        self.written_in[name] = module

    def copy(self) -> ModelState:
        """The same again, to be changed while others keep the first."""
        return replace(
            self,
            fields=dict(self.fields),
            written_in=dict(self.written_in),
            without_default=set(self.without_default),
        )


State: TypeAlias = "dict[str, ModelState]"
"""The models of one app, by their names in lower case. A change is made to a copy of the model."""
