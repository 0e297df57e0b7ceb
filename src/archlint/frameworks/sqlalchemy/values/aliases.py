"""Aliases: a class or a table once more in the same statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.values.building import JOINS
from archlint.frameworks.sqlalchemy.values.columns import Columns
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Selectable
from archlint.frameworks.sqlalchemy.values.hybrids import hybrid_of
from archlint.frameworks.sqlalchemy.values.joined import joined_of
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Arguments, Items, Value

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

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """The alias of a table beside another."""
        is_joined = self.origin.entity is None and name in JOINS
        return joined_of(self, arguments, here(site)) if is_joined else UNKNOWN


class Polymorphic(Selectable, frozen=True):
    """`with_polymorphic(Vehicle, [Van])`: an alias of a class, which has its heirs as attributes."""

    base: Aliased
    heirs: tuple[tuple[str, Aliased], ...]

    @property
    def root(self) -> From | None:
        """The class."""
        return self.base.root

    @property
    def froms(self) -> frozenset[From]:
        """The class; its heirs stand in the same rows."""
        return self.base.froms

    def attribute(self, name: str, site: Site) -> Value:
        """One of the heirs, or an attribute of the class."""
        return dict(self.heirs).get(name) or self.base.attribute(name, site)


def polymorphic(base: Value, classes: Value, place: Place) -> Value:
    """What `with_polymorphic` makes of a class and of a list of its heirs."""
    made = aliased(base, place)
    if not isinstance(made, Aliased):
        return UNKNOWN
    heirs = [aliased(each, place) for each in (classes.items if isinstance(classes, Items) else ())]
    known = [each for each in heirs if isinstance(each, Aliased)]
    return Polymorphic(made, tuple([(each.origin.name, each) for each in known]))


def aliased(value: Value, place: Place) -> Value:
    """What `aliased` makes of a class."""
    root = value.root if isinstance(value, Selectable) else None
    return Aliased(From(root.entity, root.table, place)) if root is not None else UNKNOWN
