"""What tells the columns of a class: `inspect(order).mapper.column_attrs`, `order.__table__.columns`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.frameworks.sqlalchemy.loads.loads import is_deferred
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Constant, Items, Many, Value, any_of, only

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.values.entity import Entity

_MOST: Final = 12
"""As many names as one value may have."""

_COLLECTIONS: Final = frozenset({"all_orm_descriptors", "attrs", "c", "column_attrs", "columns"})
_TELLING: Final = frozenset({"__mapper__", "__table__", "local_table", "mapper", "persist_selectable"})


class Mapper(Behaviour, frozen=True):
    """The mapper or the table of a class, or the state of one of its objects: they tell the same columns."""

    is_noted = False

    entity: Entity

    def attribute(self, name: str, site: Site) -> Value:
        """Another that tells the columns, or these."""
        return told_of(self.entity, name)


class ColumnNames(Behaviour, frozen=True):
    """The columns of a class, of which nothing is asked but their names."""

    is_noted = False

    names: tuple[str, ...]

    def each(self, site: Site) -> Value:
        """One of them, which stands for all."""
        return ColumnName(self.names)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Their names, themselves, or both."""
        column = ColumnName(self.names)
        if name == "keys":
            return Many(column.text)
        if name == "items":
            return Many(Items("tuple", (column.text, column)))
        return Many(column) if name == "values" else UNKNOWN


class ColumnName(Behaviour, frozen=True):
    """One of some columns."""

    is_noted = False

    names: tuple[str, ...]

    @property
    def text(self) -> Value:
        """Its name."""
        return any_of(map(Constant, self.names))

    def attribute(self, name: str, site: Site) -> Value:
        """Its name."""
        return self.text if name in ("key", "name") else UNKNOWN


class Inspector(Behaviour, frozen=True):
    """`inspect`, `class_mapper`, `object_mapper`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The mapper of a mapped class, or of the class of an object."""
        found = {
            entity
            for option in only(next(iter(arguments.positional), None), Behaviour)
            if (entity := getattr(option, "entity", None)) is not None
        }
        return Mapper(found.pop()) if len(found) == 1 else UNKNOWN


def told_of(entity: Entity, name: str) -> Value:
    """What a mapped class, an object of it or its mapper has by one of the names that tell its columns.

    Columns that may not be loaded with the row are left out: code often passes them over. The key, which it
    does not, comes first.
    """
    if name in _TELLING:
        return Mapper(entity)
    if name not in _COLLECTIONS:
        return UNKNOWN
    loaded = [(key, field) for key, field in entity.model.fields.items() if not is_deferred(field)]
    loaded.sort(key=lambda each: not each[1].primary_key)
    return ColumnNames(tuple([key for key, _ in loaded[:_MOST]])) if loaded else UNKNOWN
