"""What comes out of results: rows, and lists of what they hold."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.kept.keeping import left_behind
from archlint.project.flow.moving import moved
from archlint.project.flow.values import SLICE, Arguments, Constant, Either, Items, Many, Value, joined


class Row(Behaviour, frozen=True):
    """A row, with what is in each of its columns."""

    items: tuple[Value, ...]
    names: tuple[str, ...]
    """The names of its columns; empty where nobody can tell."""

    is_whole: bool = True
    """Whether these are all of its columns."""

    @property
    def classes(self) -> tuple[str, ...]:
        """A row, whatever is in it."""
        return ("sqlalchemy.Row", "sqlalchemy.engine.Row")

    @property
    def contents(self) -> tuple[Value, ...]:
        """What is in its columns."""
        return self.items

    @property
    def parts(self) -> tuple[Value, ...] | None:
        """What is in its columns."""
        return self.items if self.is_whole else None

    def attribute(self, name: str, site: Site) -> Value:
        """What is in the column of this name."""
        if name in ("t", "_t"):
            return Items("tuple", self.items)
        return self.items[self.names.index(name)] if name in self.names else UNKNOWN

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """The row as a plain tuple."""
        return Items("tuple", self.items) if name in ("tuple", "_tuple") else UNKNOWN

    def item(self, index: Value, site: Site) -> Value:
        """What is in the column at this place."""
        if isinstance(index, Constant) and isinstance(index.value, int):
            return self.items[index.value] if -len(self.items) <= index.value < len(self.items) else UNKNOWN
        if isinstance(index, Constant) and index.value in self.names:
            return self.items[self.names.index(str(index.value))]
        return UNKNOWN

    def moved(self, after: Mapping[object, object], site: Site) -> Value:
        """As what it holds is."""
        return Row(tuple([moved(item, after, site) for item in self.items]), self.names, self.is_whole)

    def each(self, site: Site) -> Value:
        """What is in any of its columns."""
        found: Value = self.items[0] if self.items else UNKNOWN
        for item in self.items[1:]:
            found = joined(found, item)
        return found


class RowMapping(Behaviour, frozen=True):
    """A row as a dict."""

    row: Row

    def item(self, index: Value, site: Site) -> Value:
        """What is in the column of this name."""
        return self.row.item(index, site)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What is in a column, where there is one of this name."""
        key = arguments.get("key", 0)
        return self.row.item(key, site) if name == "get" and key is not None else UNKNOWN

    def moved(self, after: Mapping[object, object], site: Site) -> Value:
        """As what it holds is."""
        row = self.row.moved(after, site)
        return RowMapping(row) if isinstance(row, Row) else self


class Rows(Behaviour, frozen=True):
    """A list of rows, of objects or of values."""

    of: Value
    is_list: bool = True
    """Whether it surely is a list, and no iterator."""

    @property
    def contents(self) -> tuple[Value, ...]:
        """One of them stands for all."""
        return (self.of,)

    def each(self, site: Site) -> Value:
        """One of them."""
        return self.of

    def item(self, index: Value, site: Site) -> Value:
        """One of them by itself, or some."""
        return self if index == SLICE else alone(self.of)

    def moved(self, after: Mapping[object, object], site: Site) -> Value:
        """As what it holds is."""
        return Rows(moved(self.of, after, site), self.is_list)

    def left_behind(self, after: Mapping[object, object]) -> Value:
        """Without their session, where that is closed."""
        return Rows(left_behind(self.of, after), self.is_list)

    def kept(self) -> Value:
        """What is left when nobody knows what happened since."""
        return Many(self.of.kept() if isinstance(self.of, Behaviour) else self.of)

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name == "pop"

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What a list does."""
        return alone(self.of) if name == "pop" else UNKNOWN


def alone(value: Value) -> Value:
    """One that is not taken in turn with others."""
    if isinstance(value, Instance) and value.how == "many":
        return msgspec.structs.replace(value, how="one", free="")
    if isinstance(value, Row):
        return Row(tuple([alone(item) for item in value.items]), value.names, value.is_whole)
    if isinstance(value, RowMapping):
        row = alone(value.row)
        return RowMapping(row) if isinstance(row, Row) else value
    if isinstance(value, Either):
        return Either(tuple(dict.fromkeys(alone(option) for option in value.options)))
    return value
