"""One state of a project, as far as it is compared with another; small enough to be kept."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from archlint.baseline import Entry
from archlint.delta import LayerEdge
from archlint.frameworks.inventory.words import DeclaredRoute, Migration, Table


class Sketch(msgspec.Struct, frozen=True, array_like=True):
    """A module by what tells whether it has only moved."""

    name: str
    digest: bytes
    names: frozenset[str]
    """What it binds and imports."""


class State(msgspec.Struct, frozen=True, array_like=True):
    """What is compared. Imports, routes and tables are told by words and places, without facts."""

    findings: tuple[Entry, ...] = ()
    modules: dict[str, Sketch] = {}
    files: frozenset[str] = frozenset()
    """All other files."""

    edges: tuple[LayerEdge, ...] = ()
    imports: dict[str, dict[str, int]] = {}
    """What each module imports as soon as it is imported, by path, with the line."""

    routes: tuple[DeclaredRoute, ...] = ()
    tables: tuple[Table, ...] = ()
    migrations: tuple[Migration, ...] = ()
    suppressions: dict[str, tuple[tuple[str, ...], ...]] = {}
    """The rules that each file's comments suppress, a tuple for each comment."""

    def has(self, path: str) -> bool:
        """Whether there is a file of this path."""
        return path in self.modules or path in self.files


def suppressed_by(names: Iterable[object]) -> tuple[str, ...]:
    """The rules that a comment names, in order; none for all rules."""
    return tuple(sorted(str(getattr(name, "text", name)) for name in names))
