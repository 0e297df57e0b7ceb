"""The names of rules in arrays such as `fixable`."""

from __future__ import annotations

from dataclasses import dataclass

from archlint.config.kind import Schema
from archlint.config.positions import KeyPath
from archlint.config.reader import Reader
from archlint.config.scalars import Choice
from archlint.config.sourced import Sourced


@dataclass(frozen=True, slots=True)
class RuleName(Choice):
    """A rule, a pack with `/*`, or `*` for all.

    What is of no pack that is there may be a pattern, maybe of another file: that is known when all are read.
    """

    packs: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    """Packs whose rules nobody knows; any name in them is taken as it stands."""

    @property
    def words(self) -> str:
        """No list of them all: there are too many."""
        return "the name of a rule"

    def convert(self, value: str, path: KeyPath, reader: Reader) -> Sourced:
        """The name as it is."""
        pack, _, rule = value.partition("/")
        if pack in self.unread or (pack and rule and pack not in self.packs):
            return Sourced(value, reader.origin(path))
        return Choice.convert(self, value, path, reader)

    def schema(self) -> Schema:
        """A known name, or that of a pattern."""
        pattern = f"^(?!(?:{'|'.join(sorted(self.packs))})/)[^/]+/."
        return {"anyOf": [Choice.schema(self), {"type": "string", "pattern": pattern}]}
