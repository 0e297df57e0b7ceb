"""Which modules can hold mapped classes or tables; nobody decodes the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.names import LIBRARIES
from archlint.project.import_graph import ImportGraph
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


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
        wanted = [name.encode() for name in names]
        for module in self.reaching:
            blob = bytes(module.facts.body)
            if any(name in blob for name in wanted):
                yield module

    def mentioning(self, *names: str) -> Iterator[Module]:
        """The modules that speak of one of these names anywhere, in functions too."""
        wanted = [name.encode() for name in names]
        for module in self.reaching:
            blobs = (bytes(module.facts.definitions), bytes(module.facts.body))
            if any(name in blob for blob in blobs for name in wanted):
                yield module


def is_migration(module: Module) -> bool:
    """Whether a module changes a database, and declares of its tables only what it needs for that."""
    return any(fact.module.partition(".")[0] == "alembic" for fact in module.facts.imports)


def _imports(module: Module) -> bool:
    return any(fact.module.partition(".")[0] in LIBRARIES for fact in module.facts.imports)
