"""The kinds of values that hold others: arrays, tables, and one of several shapes."""

from __future__ import annotations

from dataclasses import dataclass

from archlint.config.kind import Kind, Schema
from archlint.config.positions import KeyPath
from archlint.config.reader import Reader
from archlint.config.sourced import Sourced, Toml
from archlint.config.wording import quoted


@dataclass(frozen=True, slots=True)
class Array(Kind):
    """An array of values of one kind."""

    element: Kind
    plural: str = "values"
    least: int = 0

    @property
    def words(self) -> str:
        """An array of what."""
        return f"an array of {self.plural}"

    def accepts(self, value: Toml) -> bool:
        """Whether it is an array."""
        return isinstance(value, list)

    def convert(self, value: list[Toml], path: KeyPath, reader: Reader) -> Sourced:
        """The elements, as a tuple."""
        if len(value) < self.least:
            reader.problem(path, f"{quoted(path[-1])} may not be empty")
        elements = (self.element.read_element(each, (*path, at), reader) for at, each in enumerate(value))
        return Sourced(tuple(node for nodes in elements for node in nodes), reader.origin(path))

    def schema(self) -> Schema:
        """An array."""
        least = {"minItems": self.least} if self.least else {}
        return {"type": "array", "items": self.element.schema(), **least}


class Keyed(Kind):
    """Any table."""

    @property
    def words(self) -> str:
        """Always a table."""
        return "a table"

    def accepts(self, value: Toml) -> bool:
        """Whether it is a table."""
        return isinstance(value, dict)


@dataclass(frozen=True, slots=True)
class Table(Keyed):
    """A table whose keys the user chooses."""

    below: Kind

    def convert(self, value: dict[str, Toml], path: KeyPath, reader: Reader) -> Sourced:
        """The entries, in the order of the file."""
        entries = {name: self.below.read(each, (*path, name), reader) for name, each in value.items()}
        return Sourced(entries, reader.origin(path))

    def schema(self) -> Schema:
        """An object with any keys."""
        return {"type": "object", "additionalProperties": self.below.schema()}


@dataclass(frozen=True, slots=True)
class Either(Kind):
    """One of several kinds, told apart by their TOML types."""

    kinds: tuple[Kind, ...]

    @property
    def words(self) -> str:
        """All of them."""
        *first, last = (kind.words for kind in self.kinds)
        return f"{', '.join(first)} or {last}"

    def accepts(self, value: Toml) -> bool:
        """Whether one of them does."""
        return any(kind.accepts(value) for kind in self.kinds)

    def convert(self, value: Toml, path: KeyPath, reader: Reader) -> Sourced:
        """As the first kind that accepts it."""
        return next(kind for kind in self.kinds if kind.accepts(value)).read(value, path, reader)

    def schema(self) -> Schema:
        """Any of them."""
        return {"anyOf": [kind.schema() for kind in self.kinds]}
