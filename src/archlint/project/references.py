"""What names a module of the project without importing it: `ForeignKey("catalog.Product")`, `include(…)`.

What means which module is for the frameworks to say; who makes a project hands them in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from archlint.facts.imports import Import
from archlint.project.imports.import_graph import Edge, ImportGraph
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

ReferenceKind: TypeAlias = Literal["models", "relations", "settings", "urls"]
"""`relations` between models, `models` looked up by name, URL patterns that `include`, and settings."""

Referrers: TypeAlias = "Mapping[str, Callable[[Project], Iterator[Edge]]]"
"""For each kind, who finds the references of a project."""


class References:
    """The references of each kind that somebody asks for, by the module that makes them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._found: dict[str, dict[Module, list[Edge]]] = {}

    @classmethod
    def build(cls, project: Project) -> References:
        """The view of a project."""
        return cls(project)

    def of(self, module: Module, kinds: Collection[ReferenceKind]) -> Iterator[Edge]:
        """What a module refers to in some ways, in the order of the source."""
        found = [edge for kind in kinds for edge in self._by_module(kind).get(module, ())]
        return iter(sorted(found, key=lambda edge: edge.fact.span))

    def _by_module(self, kind: str) -> dict[Module, list[Edge]]:
        table = self._found.get(kind)
        if table is None:
            table = self._found[kind] = {}
            for edge in self._project.referrers[kind](self._project):
                if edge.importer is not edge.imported:
                    table.setdefault(edge.importer, []).append(edge)
        return table


def edges_of(project: Project, module: Module, kinds: Collection[ReferenceKind] = ()) -> tuple[Edge, ...]:
    """What a module imports, and what it refers to in the ways that count."""
    imported = project.view(ImportGraph).imports_of(module)
    return (*imported, *project.view(References).of(module, kinds)) if kinds else imported


def reference(importer: Module, imported: Module, by: str, line: int, column: int) -> Edge:
    """A reference as an edge of the import graph; `by` says how it is made: `the relation Order.product`."""
    return Edge(importer, imported, _as_import(imported.name, line, column), by)


def _as_import(name: str, line: int, column: int) -> Import:
    """As `import_module(name)` there would be; without an end, a place ends with its line."""
    return Import(
        name,
        name="",
        alias="",
        level=0,
        written="",
        scope="",
        typing=False,
        guarded=False,
        conditional=False,
        platform=False,
        dynamic=True,
        is_renamed=False,
        line=line,
        column=column,
        end_line=0,
        end_column=0,
    )
