"""Aliases: a class or a table once more in the same statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.values.columns import Columns
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Selectable
from archlint.frameworks.sqlalchemy.values.hybrids import hybrid_of
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Value

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place


class Aliased(Selectable, frozen=True):
    """`aliased(Order)`: the class once more in the same statement."""

    origin: From

    @property
    def root(self) -> From | None:
        """Itself."""
        return self.origin

    @property
    def froms(self) -> frozenset[From]:
        """Itself."""
        return frozenset((self.origin,))

    def attribute(self, name: str, site: Site) -> Value:
        """A mapped attribute, or the columns of a table."""
        if self.origin.table is not None and name in ("c", "columns"):
            return Columns(self.origin)
        entity = self.origin.entity
        hybrid = hybrid_of(entity, self, name, site) if entity is not None else None
        if hybrid is not None:
            return hybrid
        known = entity is not None and name in entity.mapped_names
        return Attr(self.origin, name) if known else UNKNOWN


def aliased(value: Value, place: Place) -> Value:
    """What `aliased` makes of a class."""
    root = value.root if isinstance(value, Selectable) else None
    return Aliased(From(root.entity, root.table, place)) if root is not None else UNKNOWN
