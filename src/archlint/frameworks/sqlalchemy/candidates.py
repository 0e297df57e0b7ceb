"""Which modules can hold mapped classes or tables; nobody decodes the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.names import LIBRARIES
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


_REVISION = frozenset({"revision", "down_revision"})
"""What each migration of Alembic is told by; it may be given its operations, and import nothing."""


class Candidates:
    """The modules that import SQLAlchemy, and those that import such a module, however far away."""

    def __init__(self, direct: tuple[Module, ...], reaching: tuple[Module, ...]) -> None:
        self.direct = direct
        """They import the library themselves."""

        self.reaching = reaching
        """All that may name something of it, in the order of the project."""

    @classmethod
    def build(cls, project: Project) -> Candidates:
        """The view of a project."""
        direct = tuple(module for module in project.modules if _imports(module) and not module.is_stub)
        if not direct:
            return cls((), ())
        graph = project.view(ImportGraph)
        found = set(direct)
        waiting = list(direct)
        while waiting:
            for edge in graph.importers_of(waiting.pop()):
                if edge.importer not in found and not edge.importer.is_stub:
                    found.add(edge.importer)
                    waiting.append(edge.importer)
        return cls(direct, tuple(module for module in project.modules if module in found))

    def mentioning_at_top(self, *names: str) -> Iterator[Module]:
        """The modules that speak of one of these names at module level."""
        wanted = [encoded(name) for name in names]
        for module in self.reaching:
            blob = bytes(module.facts.body)
            if any(name in blob for name in wanted):
                yield module

    def mentioning(self, *names: str) -> Iterator[Module]:
        """The modules that speak of one of these names anywhere, in functions too."""
        wanted = [encoded(name) for name in names]
        for module in self.reaching:
            if module.speaks_of(*wanted):
                yield module


LONGEST = 31
"""Characters of a name that is short, so that one byte before it says how long it is."""


def encoded(name: str) -> bytes:
    """A short name as encoded facts hold it, so that it can be looked for before they are decoded."""
    return bytes([0xA0 | len(name)]) + name.encode()


def is_migration(module: Module) -> bool:
    """Whether a module changes a database, and declares of its tables only what it needs for that."""
    return "alembic" in module.imported or module.bindings.keys() >= _REVISION


def _imports(module: Module) -> bool:
    return not LIBRARIES.isdisjoint(module.imported)
