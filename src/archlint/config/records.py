"""Tables whose keys archlint knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from archlint.config.containers import Keyed
from archlint.config.kind import Kind, Schema
from archlint.config.positions import KeyPath
from archlint.config.reader import Reader
from archlint.config.sourced import Sourced, Toml
from archlint.config.wording import quoted


class Key(msgspec.Struct, frozen=True):
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
