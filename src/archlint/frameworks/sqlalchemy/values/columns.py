"""The columns of tables and subqueries: `orders.c`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.values.expressions import Clause, Selectable
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Arguments, Constant, Value

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.tables.words import Column

_AGAIN = re.compile(r"_\d+$")
"""`id_1` is the second `id` of a subquery."""


class TableColumn(Clause, frozen=True):
    """`table.c.number`."""

    of: From | None = None

    @property
    def column(self) -> Column | None:
        """As the table declares it; None where nobody can tell."""
        table = self.of.table if self.of is not None else None
        return table.columns.get(self.label) if table is not None else None


class Columns(Selectable, frozen=True):
    """`table.c`."""

    of: From

    @property
    def froms(self) -> frozenset[From]:
        """The table."""
        return frozenset((self.of,))

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.of.name

    @property
    def names(self) -> tuple[str, ...] | None:
        """The keys of all columns; None where there may be more."""
        table = self.of.table
        if table is None or table.is_open or not all(column.key for column in table.columns.values()):
            return None
        return tuple(table.columns)

    def attribute(self, name: str, site: Site) -> Value:
        """A column."""
        return TableColumn(self.froms, label=name, of=self.of)

    def item(self, index: Value, site: Site) -> Value:
        """A column."""
        name = str(index.value) if isinstance(index, Constant) else ""
        return TableColumn(self.froms, label=name, of=self.of)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Names, columns or both."""
        return UNKNOWN

    def has(self, name: str) -> bool | None:
        """Whether there is a column of this key; None where nobody can tell."""
        return None if self.names is None else name in self.names


class Derived(Clause, frozen=True):
    """A subquery or CTE."""

    selected: tuple[str, ...] | None = None
    """What its rows hold; None where nobody can tell."""

    columns: tuple[Value, ...] = ()
    """The columns themselves, where all are known."""

    def attribute(self, name: str, site: Site) -> Value:
        """Its columns."""
        return DerivedColumns(self.selected) if name in ("c", "columns") else super().attribute(name, site)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """The same once more, or with the rows that a recursion adds; else a clause."""
        return self if name in ("alias", "union", "union_all") else super().method(name, arguments, site)


class DerivedColumns(Selectable, frozen=True):
    """`subquery.c`."""

    names: tuple[str, ...] | None

    @property
    def is_open(self) -> bool:
        """What the subquery selects from, nobody follows."""
        return True

    @property
    def name(self) -> str:
        """A subquery has none."""
        return ""

    def attribute(self, name: str, site: Site) -> Value:
        """A column."""
        return Clause(frozenset(), True, name)

    def item(self, index: Value, site: Site) -> Value:
        """A column."""
        return Clause(frozenset(), True, str(index.value) if isinstance(index, Constant) else "")

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Names, columns or both."""
        return UNKNOWN

    def has(self, name: str) -> bool | None:
        """Whether there is a column of this name; None where nobody can tell."""
        if self.names is None or not all(self.names):
            return None
        if name in self.names:
            return True
        return None if _AGAIN.sub("", name) in self.names else False


class Bundled(Clause, frozen=True):
    """`Bundle("pair", Order.id, Order.number)`: a column whose values are rows of their own."""

    columns: tuple[Value, ...] = ()
    is_whole: bool = True
    """Whether these are all of its columns."""

    def attribute(self, name: str, site: Site) -> Value:
        """Its columns, by their names."""
        return UNKNOWN
