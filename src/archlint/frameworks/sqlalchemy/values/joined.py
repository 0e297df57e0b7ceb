"""Joins of Core: `orders.join(order_lines)`, which a statement selects from."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from msgspec.structs import replace

from archlint.frameworks.sqlalchemy.values.building import JOINS
from archlint.frameworks.sqlalchemy.values.expressions import Clause, Selectable
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Arguments, Value

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.values.origin import From


class Joined(Selectable, frozen=True):
    """Two tables or more, side by side."""

    is_true = True

    tables: tuple[From, ...]
    """In the order in which they were joined."""

    source: Place
    """Where the first was joined."""

    @property
    def froms(self) -> frozenset[From]:
        """All of them."""
        return frozenset(self.tables)

    @property
    def is_open(self) -> bool:
        """Conditions may tie it to more."""
        return True

    def attribute(self, name: str, site: Site) -> Value:
        """Columns, whose names may begin with those of their tables."""
        return Clause(frozenset(), True) if name in ("c", "columns") else UNKNOWN

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """One table more."""
        return joined_of(self, arguments, self.source) if name in JOINS else UNKNOWN


def split_join(arguments: Arguments) -> tuple[Value, Arguments]:
    """What `join(orders, lines)` begins with, and what it asks of that: `orders.join(lines)`."""
    rest = replace(arguments, positional=arguments.positional[1:])
    return arguments.get("left", 0) or UNKNOWN, rest


def is_joinable(value: Value) -> TypeGuard[Selectable]:
    """Whether it is a table, its alias, or several beside each other; classes have joins of their own."""
    if isinstance(value, Joined):
        return True
    root = value.root if isinstance(value, Selectable) else None
    return root is not None and root.entity is None


def joined_of(left: Selectable, arguments: Arguments, source: Place) -> Value:
    """What is joined to a table or to others."""
    target = arguments.get("right", 0)
    tables = left.tables if isinstance(left, Joined) else tuple(left.froms)
    right = target.root if isinstance(target, Selectable) else None
    return Joined((*tables, right), source) if right is not None else UNKNOWN
