"""What a key may hold: a kind of value knows its words, reads a TOML value and writes its JSON Schema."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, TypeAlias

from archlint.config.positions import KeyPath
from archlint.config.reader import Reader
from archlint.config.sourced import Sourced, Toml
from archlint.config.wording import described, quoted

Schema: TypeAlias = dict[str, Any]

BROKEN = None
"""Stands for a value with a mistake, so that reading can go on and find the others."""


class Kind(ABC):
    """What a key, an option or an element may hold."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What is asked for, with its article: `an array of strings`."""

    @abstractmethod
    def accepts(self, value: Toml) -> bool:
        """Whether the TOML type is right, looking no deeper."""

    @abstractmethod
    def schema(self) -> Schema:
        """The JSON Schema of the same values."""

    def read(self, value: Toml, path: KeyPath, reader: Reader) -> Sourced:
        """The value as archlint keeps it; mistakes are noted with the reader."""
        if self.accepts(value):
            return self.convert(value, path, reader)
        name = next((part for part in reversed(path) if isinstance(part, str)), "")
        subject = "an element of " if path and isinstance(path[-1], int) else ""
        reader.problem(path, f"{subject}{quoted(name)} must be {self.words}, not {described(value)}")
        return self.broken(path, reader)

    def read_element(self, value: Toml, path: KeyPath, reader: Reader) -> tuple[Sourced, ...]:
        """An element of an array; it may come to several."""
        return (self.read(value, path, reader),)

    def convert(self, value: Toml, path: KeyPath, reader: Reader) -> Sourced:
        """Read a value of the right TOML type."""
        return Sourced(value, reader.origin(path))

    def broken(self, path: KeyPath, reader: Reader) -> Sourced:
        """What stands in for a value with a mistake."""
        return Sourced(BROKEN, reader.origin(path))
