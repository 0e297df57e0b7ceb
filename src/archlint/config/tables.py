"""The kinds of values that hold others: arrays, tables, and one of several shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archlint.config.kinds import Kind, Schema
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
class Key:
    """One key of a record."""

    kind: Kind
    doc: str = ""
    is_required: bool = False
    default: Toml = None
    """As JSON has it; None where nothing is to be said."""

    def schema(self) -> Schema:
        """The schema of the value, with what it means and its default."""
        doc = {"description": self.doc} if self.doc else {}
        default = {} if self.default is None else {"default": self.default}
        return {**self.kind.schema(), **doc, **default}


@dataclass(frozen=True, slots=True)
class Record(Keyed):
    """A table whose keys archlint knows."""

    noun: str
    keys: Mapping[str, Key]

    def convert(self, value: dict[str, Toml], path: KeyPath, reader: Reader) -> Sourced:
        """The known keys; unknown and missing ones are mistakes."""
        entries = {}
        for name, each in value.items():
            if name in self.keys:
                entries[name] = self.keys[name].kind.read(each, (*path, name), reader)
            else:
                reader.unknown((*path, name), self.noun, name, self.keys)
        self._tell_missing(value, path, reader)
        return Sourced(entries, reader.origin(path))

    def _tell_missing(self, value: dict[str, Toml], path: KeyPath, reader: Reader) -> None:
        owner = next((part for part in reversed(path) if isinstance(part, str)), "")
        for name, key in self.keys.items():
            if key.is_required and name not in value:
                reader.problem(path, f"{quoted(owner)} needs the {self.noun} `{name}`")

    def schema(self) -> Schema:
        """An object with these keys and no others."""
        required = [name for name, key in self.keys.items() if key.is_required]
        return {
            "type": "object",
            "properties": {name: key.schema() for name, key in self.keys.items()},
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }


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
