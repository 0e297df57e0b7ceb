"""The import graph as a drawing: modules, packages or layers, and how often each imports each other one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from archlint.finding import Finding
from archlint.project.drawing.layers import Layers
from archlint.project.imports.import_graph import Edge, ImportGraph
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

Level: TypeAlias = Literal["layer", "package", "module"]
"""What a node stands for."""


class Node(msgspec.Struct, frozen=True):
    """A module, a package or a layer."""

    name: str
    layer: str
    """The layer it belongs to; empty for none, or where parts of it belong to several."""

    modules: int


class Arrow(msgspec.Struct, frozen=True):
    """All imports of one node by another."""

    importer: str
    imported: str
    imports: int
    broken: int
    """How many of them a rule has reported."""

    path: str
    line: int
    """The first of the broken imports, or else of all."""


class Overview(msgspec.Struct, frozen=True):
    """A whole drawing; nodes and arrows are sorted, layers from top to bottom."""

    level: Level
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def overview(
    project: Project,
    level: Level,
    findings: Collection[Finding],
    inside: Callable[[Module], bool],
    depth: int = 0,
) -> Overview:
    """The drawing of a project, of which one end of each arrow is inside a part.

    An import counts as broken where one of the findings stands on its line. With a depth, packages and
    modules of more names are part of the one of so many.
    """
    layers, graph = project.view(Layers), project.view(ImportGraph)
    naming = _naming(level, layers, depth)
    places = {(finding.location.path, finding.location.line) for finding in findings}
    edges: dict[tuple[str, str], list[Edge]] = {}
    shown = {module for module in project.modules if inside(module) and naming(module)}
    for module in project.modules:
        for edge in graph.imports_of(module) if naming(module) and not module.is_stub else ():
            ends = (naming(module), naming(edge.imported))
            if not ends[1] or ends[0] == ends[1] or not (inside(module) or inside(edge.imported)):
                continue
            edges.setdefault(ends, []).append(edge)
            shown.update((module, edge.imported))
    arrows = [_arrow(ends, found, places) for ends, found in edges.items()]
    return Overview(level, _nodes(level, layers, naming, shown), tuple(sorted(arrows, key=_ends)))


def readable_depth(project: Project, inside: Callable[[Module], bool], most: int) -> int:
    """The depth at which a drawing of packages has no more than so many boxes; 0 where all of them fit.

    Where the shallowest that shows anything has more, it is that one.
    """
    names = {tuple(_package(module).split(".")) for module in project.modules if inside(module)}
    if len(names) <= most:
        return 0
    counts = [len({name[:depth] for name in names}) for depth in range(1, max(map(len, names)) + 1)]
    fitting = [depth for depth, count in enumerate(counts, 1) if 1 < count <= most]
    return max(fitting) if fitting else next(depth for depth, count in enumerate(counts, 1) if count > 1)


def _naming(level: Level, layers: Layers, depth: int) -> Callable[[Module], str]:
    """The name of the node a module belongs to; empty for none."""

    def layer(module: Module) -> str:
        own = layers.of(module)
        return own.name if own else ""

    if level == "layer":
        return layer
    whole = _name if level == "module" else _package
    return (lambda module: ".".join(whole(module).split(".")[:depth])) if depth else whole


def _name(module: Module) -> str:
    return module.name


def _package(module: Module) -> str:
    return module.package or module.name


def _nodes(
    level: Level, layers: Layers, naming: Callable[[Module], str], shown: Collection[Module]
) -> tuple[Node, ...]:
    members: dict[str, list[Module]] = {}
    for module in shown:
        members.setdefault(naming(module), []).append(module)
    if level == "layer":
        order: Mapping[str, int] = {layer.name: rank for rank, layer in enumerate(layers.layers)}
        return tuple(Node(name, name, len(members[name])) for name in sorted(members, key=order.__getitem__))
    return tuple(
        Node(name, _common_layer(layers, found), len(found)) for name, found in sorted(members.items())
    )


def _common_layer(layers: Layers, members: Collection[Module]) -> str:
    owns = {own.name if own else "" for own in map(layers.of, members)}
    return owns.pop() if len(owns) == 1 else ""


def _arrow(ends: tuple[str, str], edges: list[Edge], places: Collection[tuple[str, int]]) -> Arrow:
    broken = [edge for edge in edges if (edge.importer.path, edge.fact.line) in places]
    first = min(broken or edges, key=lambda edge: (edge.importer.path, edge.fact.line))
    return Arrow(*ends, len(edges), len(broken), first.importer.path, first.fact.line)


def _ends(arrow: Arrow) -> tuple[str, str]:
    return arrow.importer, arrow.imported
