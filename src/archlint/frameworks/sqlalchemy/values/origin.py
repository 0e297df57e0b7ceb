"""What statements select from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.tables.words import Table
    from archlint.frameworks.sqlalchemy.values.entity import Entity


class From(msgspec.Struct, frozen=True):
    """A mapped class or a table in a statement; an alias counts as one of its own."""

    entity: Entity | None
    table: Table | None = None
    alias: Place | None = None

    def __hash__(self) -> int:
        return hash((id(self.entity), id(self.table), self.alias))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, From)
            and other.entity is self.entity
            and other.table is self.table
            and other.alias == self.alias
        )

    @property
    def name(self) -> str:
        """The name of the class or table."""
        if self.entity is not None:
            return self.entity.name
        return self.table.name if self.table is not None else ""

    def matches(self, other: From) -> bool:
        """Whether what is said of one holds for the other: classes of one line, a class and its table."""
        if self == other:
            return True
        if self.alias != other.alias:
            return False
        if self.entity is None or other.entity is None:
            return not self.tables.isdisjoint(other.tables)
        return self.entity.relates(other.entity)

    @property
    def only_table(self) -> Table | None:
        """The table that a statement writes to it."""
        return self.table if self.entity is None else self.entity.mapped.table

    @property
    def tables(self) -> frozenset[tuple[str, str]]:
        """The tables whose rows it stands for, by metadata and name: of a class those of its bases, too."""
        if self.entity is None:
            found = [self.table]
        else:
            line = [each for each in self.entity.others() if self.entity.is_a(each)]
            found = [each.mapped.table for each in line]
        return frozenset((table.metadata, table.key) for table in found if table is not None and table.key)
