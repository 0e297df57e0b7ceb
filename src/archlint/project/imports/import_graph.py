"""Who imports whom: the edges between the modules of the project, and those that leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.imports import Import
from archlint.project.answer import External, Folder
from archlint.project.finder import Finder
from archlint.project.module import Module
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


class Edge(msgspec.Struct, frozen=True):
    """One import of one module by another; `from a import b, c` may be two."""

    importer: Module
    imported: Module
    fact: Import
    by: str = ""
    """How one refers to the other where that is no import: `the relation Order.product`."""

    @property
    def is_dynamic(self) -> bool:
        """Whether it loads a module that a text names: `import_module("shop.orders")`."""
        return self.fact.dynamic and not self.by

    @property
    def does(self) -> str:
        """What the importer does, in words: imports `shop.orders`."""
        return f"names `{self.imported.name}` in {self.by}" if self.by else f"imports `{self.imported.name}`"

    @property
    def said(self) -> str:
        """In words: `shop.routes` imports `shop.orders`."""
        return f"`{self.importer.name}` {self.does}"


class ExternalEdge(msgspec.Struct, frozen=True):
    """One import of something outside the project, by the dotted name that is asked for."""

    importer: Module
    name: str
    fact: Import

    @property
    def is_dynamic(self) -> bool:
        """Whether it loads a module that a text names."""
        return self.fact.dynamic

    @property
    def does(self) -> str:
        """What the importer does, in words: imports `sqlalchemy.select`."""
        return f"imports `{self.name}`"

    @property
    def said(self) -> str:
        """In words: `shop.orders` imports `sqlalchemy.select`."""
        return f"`{self.importer.name}` {self.does}"


def is_counted(
    link: Edge | ExternalEdge, *, type_checking: bool, dynamic: bool, deferred: bool = True
) -> bool:
    """Whether an import counts for who tells those for types, by text and within functions apart."""
    if link.fact.typing:
        return type_checking
    if link.is_dynamic and not dynamic:
        return False
    return deferred or not link.fact.deferred


class ImportGraph:
    """The imports of every module, in the order of the source.

    Each edge carries its fact, which tells runtime imports from those that only type checkers see and
    from those inside functions. A name taken from a package is an edge to the submodule of that name
    where the package does not bind the name itself, and to the package otherwise.
    """

    transparent = True

    def __init__(
        self, imports: dict[Module, tuple[Edge, ...]], leaving: dict[Module, tuple[ExternalEdge, ...]]
    ) -> None:
        self._imports = imports
        self._leaving = leaving
        self._importers: dict[Module, list[Edge]] = {}
        for edges in imports.values():
            for edge in edges:
                self._importers.setdefault(edge.imported, []).append(edge)

    @classmethod
    def build(cls, project: Project) -> ImportGraph:
        """The import graph of a project."""
        symbols, finder = project.view(Symbols), project.view(Finder)
        imports: dict[Module, tuple[Edge, ...]] = {}
        leaving: dict[Module, tuple[ExternalEdge, ...]] = {}
        for module in project.modules:
            edges: list[Edge] = []
            outside: list[ExternalEdge] = []
            for fact in module.facts.imports:
                target = symbols.imported_module(module, fact)
                if isinstance(target, External):
                    outside.append(ExternalEdge(module, fact.target, fact))
                    continue
                imported = _imported(finder, target, fact) if isinstance(target, (Module, Folder)) else None
                if imported is not None and imported is not module:
                    edges.append(Edge(module, imported, fact))
            imports[module] = tuple(edges)
            leaving[module] = tuple(outside)
        return cls(imports, leaving)

    def imports_of(self, module: Module) -> tuple[Edge, ...]:
        """The edges that start at a module."""
        return self._imports.get(module, ())

    def importers_of(self, module: Module) -> tuple[Edge, ...]:
        """The edges that end at a module."""
        return tuple(self._importers.get(module, ()))

    def reached(self, starts: Iterable[Module], follows: Callable[[Import], bool]) -> Iterator[Edge]:
        """The imports by which modules are reached from some others, one for each; not the starts."""
        waiting = list(starts)
        met = set(waiting)
        while waiting:
            for edge in self.imports_of(waiting.pop()):
                if edge.imported not in met and follows(edge.fact):
                    met.add(edge.imported)
                    waiting.append(edge.imported)
                    yield edge

    def external_of(self, module: Module) -> tuple[ExternalEdge, ...]:
        """What a module imports from outside the project."""
        return self._leaving.get(module, ())


def _imported(finder: Finder, target: Module | Folder, fact: Import) -> Module | None:
    """The module that an import reaches, given the one its statement names."""
    package = target if isinstance(target, Module) else None
    if fact.name in ("", "*"):
        return package
    binding = package.binds(fact.name) if package else None
    if binding is not None and binding.kind is not Kind.IMPORT:
        return package
    child = finder.child(target, fact.name)
    return child if isinstance(child, Module) else package
