"""Shortest chains of imports from any module to what it must not reach."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from archlint.finding import Related
from archlint.project.imports.first_imports import FirstImports
from archlint.project.imports.import_graph import Edge, ExternalEdge
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

Link: TypeAlias = Edge | ExternalEdge
"""One import of a chain; only the last may leave the project."""

Importers: TypeAlias = Mapping[Module, Sequence[Edge]]
"""Who imports each module."""

Ways: TypeAlias = dict[Module, Link]
"""For every module that leads to a target, the first link of a shortest chain."""


def backwards(imports: FirstImports) -> Importers:
    """The same imports by what they import."""
    table: dict[Module, list[Edge]] = {}
    for found in imports.values():
        for edge in found.values():
            table.setdefault(edge.imported, []).append(edge)
    return table


def ways(
    importers: Importers,
    targets: Collection[Module],
    leaving: Mapping[Module, ExternalEdge],
    around: Container[Module] = frozenset(),
) -> Ways:
    """The ways to some modules, and out of the project by some imports; no chain goes through `around`.

    One search backwards from all targets, so that it costs no more than to look at every import once.
    """
    table: Ways = {module: edge for module, edge in leaving.items() if module not in targets}
    ring = sorted({*targets, *table}, key=lambda module: module.path)
    while ring:
        further: list[Module] = []
        for edge in (edge for module in ring if module not in around for edge in importers.get(module, ())):
            if edge.importer not in table and edge.importer not in targets:
                table[edge.importer] = edge
                further.append(edge.importer)
        ring = further
    return table


def chain(table: Ways, start: Module) -> tuple[Link, ...]:
    """The chain that begins at a module; empty where it leads to no target."""
    links: list[Link] = []
    link = table.get(start)
    while link is not None:
        links.append(link)
        link = table.get(link.imported) if isinstance(link, Edge) else None
    return tuple(links)


def end(link: Link) -> str:
    """What a link leads to, by its dotted name."""
    return link.imported.name if isinstance(link, Edge) else link.name


def told(project: Project, links: Collection[Link]) -> tuple[Related, ...]:
    """A chain as related locations."""
    return tuple(
        Related(
            project.location(link.importer, *link.fact.span),
            f"{link.said} here",
        )
        for link in links
    )
