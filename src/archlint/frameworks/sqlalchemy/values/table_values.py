"""Tables of Core as what statements are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.values.aliases import Aliased
from archlint.frameworks.sqlalchemy.values.building import JOINS
from archlint.frameworks.sqlalchemy.values.columns import Columns
from archlint.frameworks.sqlalchemy.values.expressions import Selectable
from archlint.frameworks.sqlalchemy.values.joined import joined_of
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.frameworks.sqlalchemy.values.statements import WRITING, select_of
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Arguments, Value

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.tables.words import Table


class TableValue(Selectable, frozen=True):
    """A table of Core."""

    is_true = True

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
        return Columns(From(None, self.table)) if name in ("c", "columns") else UNKNOWN

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A statement on it, or the table once more. Before version 2, they took conditions."""
        if name == "alias":
            return Aliased(From(None, self.table, here(site)))
        if name in JOINS:
            return joined_of(self, arguments, here(site))
        if name not in ("select", *WRITING):
            return UNKNOWN
        found = select_of(name, here(site), (self,))
        has_more = bool(arguments.positional or arguments.named) or arguments.is_open
        return found.changed(is_restricted=has_more, is_open=found.is_open or has_more)
