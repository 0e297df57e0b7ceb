"""Where the modules of one layer reach into another: by imports, by names handed on, through helpers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.finding import Location, Related
from archlint.project.drawing.layers import Layers
from archlint.project.imports.chains import Link, backwards, chain, told, ways
from archlint.project.imports.first_imports import Counts, first_imports
from archlint.project.imports.import_graph import Edge, ImportGraph
from archlint.project.imports.reexports import hands_on, home_of
from archlint.project.module import Module
from archlint.project.references import ReferenceKind, edges_of

if TYPE_CHECKING:
    from archlint.project.project import Project

Breaks: TypeAlias = Callable[[Module, Module], bool]
"""Whether the first module may not reach the second."""


class Crossing(msgspec.Struct, frozen=True):
    """One way out of a layer into another, or from one part of an independent layer into the next."""

    source: Module
    target: Module
    """Where what is taken is defined."""

    verb: str
    """`import`, `name`, `reach` through others, or `use`."""

    how: str
    """In words: `shop.routes` imports `shop.orders`."""

    location: Location
    way: tuple[Related, ...] = ()
    name: str = ""
    """The dotted name of what is taken, where it is not the whole module."""


def edges_between(
    project: Project, layers: Layers, counts: Counts, references: Collection[ReferenceKind] = ()
) -> Iterator[Edge]:
    """The imports between layers, and what counts as one."""
    for module in project.modules:
        if module not in layers:
            continue
        for edge in edges_of(project, module, references):
            if counts(edge) and is_crossing(layers, module, edge.imported):
                yield edge


def imported(project: Project, edge: Edge) -> Crossing:
    """An import between layers."""
    module = edge.importer
    place, verb = project.location(module, *edge.fact.span), "name" if edge.by else "import"
    return Crossing(module, edge.imported, verb, edge.said, place, (), _name(edge))


def handed_on(project: Project, layers: Layers, counts: Counts, breaks: Breaks) -> Iterator[Crossing]:
    """The imports that name one module and take what another defines, where that is what may not be."""

    def is_broken(source: Module, target: Module) -> bool:
        return is_crossing(layers, source, target) and breaks(source, target)

    graph = project.view(ImportGraph)
    for module in project.modules:
        seen: set[tuple[int, str]] = set()
        for edge in graph.imports_of(module) if module in layers else ():
            if not hands_on(project, edge.imported, edge.fact.name) or not counts(edge):
                continue
            home = None if is_broken(module, edge.imported) else home_of(project, edge)
            if home is None or (edge.fact.line, home.name) in seen or not is_broken(module, home.module):
                continue
            seen.add((edge.fact.line, home.name))
            how = f"{edge.said}, and with it `{home.name}`"
            place = project.location(module, *edge.fact.span)
            yield Crossing(
                module, home.module, "import", how, place, told(project, home.links[1:]), home.name
            )


def roundabout(
    project: Project,
    layers: Layers,
    counts: Counts,
    breaks: Breaks,
    references: Collection[ReferenceKind] = (),
) -> Iterator[Crossing]:
    """The shortest way of each module to each layer it may not reach, through modules of no layer."""
    table = first_imports(project, counts, references)
    importers = backwards(table)
    members = [module for module in project.modules if module in layers]
    for unit in layers.units():
        found = ways(importers, unit, {}, around=frozenset(members) - unit)
        for module in members:
            links = chain(found, module)
            last = links[-1] if len(links) > 1 else None
            if isinstance(last, Edge) and breaks(module, last.imported):
                yield _through(project, links, last.imported)


def is_crossing(layers: Layers, source: Module, target: Module) -> bool:
    """Whether a layer, or a part of an independent one, lies between two modules."""
    start, end = layers.of(source), layers.of(target)
    if start is None or end is None:
        return False
    return start is not end or (
        layers.part(source) != layers.part(target) and "" not in (layers.part(source), layers.part(target))
    )


def _through(project: Project, links: tuple[Link, ...], target: Module) -> Crossing:
    source = links[0].importer
    through = ", ".join(f"`{link.importer.name}`" for link in links[1:])
    return Crossing(
        source,
        target,
        "reach",
        f"`{source.name}` reaches `{target.name}` through {through}",
        project.location(source, *links[0].fact.span),
        told(project, links[1:]),
    )


def _name(edge: Edge) -> str:
    named = edge.fact.name not in ("", "*") and edge.fact.target != edge.imported.name
    return edge.fact.target if named else ""
