"""The kinds of values that hold no others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archlint.config.kind import Kind, Schema
from archlint.config.patterns import Rebase
from archlint.config.positions import KeyPath
from archlint.config.reader import Reader
from archlint.config.sourced import Sourced, Toml


@dataclass(frozen=True, slots=True)
class Scalar(Kind):
    """A boolean, an integer or a float. Python's `True` is an integer; TOML's is not."""

    types: tuple[type, ...]
    name: str
    described: str

    @property
    def words(self) -> str:
        """The name of the type."""
        return self.described

    def accepts(self, value: Toml) -> bool:
        """Whether it is of exactly one of the types."""
        return type(value) in self.types

    def schema(self) -> Schema:
        """The type. JSON does not tell 1.0 from 1."""
        return {"type": self.name}


FLAG = Scalar((bool,), "boolean", "a boolean")
WHOLE = Scalar((int,), "integer", "an integer")
NUMBER = Scalar((int, float), "number", "a number")


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """A string."""

    may_be_empty: bool = True

    @property
    def words(self) -> str:
        """A string."""
        return "a string"

    def accepts(self, value: Toml) -> bool:
        """Whether it is a string."""
        return isinstance(value, str)

    def convert(self, value: str, path: KeyPath, reader: Reader) -> Sourced:
        """The string as it is."""
        if not value and not self.may_be_empty:
            reader.problem(path, "an empty string says nothing here")
        return Sourced(value, reader.origin(path))

    def schema(self) -> Schema:
        """A string, with a length where it may not be empty."""
        return {"type": "string"} if self.may_be_empty else {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class PathText(Text):
    """A path or pattern, relative to the folder of its file and kept relative to the root."""

    rebase: Rebase = lambda pattern, folder, root: (pattern,)
    may_be_empty: bool = False

    def convert(self, value: str, path: KeyPath, reader: Reader) -> Sourced:
        """The path as seen from the root; the first way to spell it where there are several."""
        return self._from_root(value, path, reader)[0]

    def read_element(self, value: Toml, path: KeyPath, reader: Reader) -> tuple[Sourced, ...]:
        """The pattern as seen from the root: seldom several, where `**` may have matched the root."""
        if not self.accepts(value):
            return (self.read(value, path, reader),)
        return self._from_root(value, path, reader)

    def _from_root(self, value: str, path: KeyPath, reader: Reader) -> tuple[Sourced, ...]:
        text = Text.convert(self, value, path, reader)
        folder = reader.folder
        if not value or folder is None:
            return (text,)
        return tuple(Sourced(each, text.origin) for each in self.rebase(value, folder, reader.root))


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few values, some of which have a Python value of their own."""

    noun: str
    values: tuple[Any, ...]
    meanings: Mapping[Any, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """All of them."""
        return "one of " + ", ".join(f"`{each}`" for each in self.values)

    def accepts(self, value: Toml) -> bool:
        """Whether it is of the type of one of the values."""
        return any(type(value) is type(each) for each in self.values) or isinstance(value, str)

    def convert(self, value: Toml, path: KeyPath, reader: Reader) -> Sourced:
        """The meaning of the value, which is mostly the value itself."""
        if not any(type(value) is type(each) and value == each for each in self.values):
            reader.unknown(path, self.noun, str(value), map(str, self.values))
            return self.broken(path, reader)
        return Sourced(self.meanings.get(value, value), reader.origin(path))

    def schema(self) -> Schema:
        """An enumeration."""
        return {"enum": list(self.values)}
