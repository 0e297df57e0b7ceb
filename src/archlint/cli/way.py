"""Why one part of a project reaches another, in words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from archlint.cli.assignment import assign
from archlint.cli.lint import CACHE
from archlint.cli.told import how, notices
from archlint.engine import Request, open_project
from archlint.errors import UsageError
from archlint.nearness import did_you_mean
from archlint.project import Module, Project
from archlint.project.drawing.layers import Layers
from archlint.project.imports.chains import Link, end
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.imports.reach import shortest
from archlint.project.patterns import matches_external, matches_name
from archlint.registry import Registry
from archlint.registry.opening import opened
from archlint.reporters.style import Style
from archlint.reporters.summary import counted
from archlint.reporters.text import plain
from archlint.store import Store


class _Part(msgspec.Struct, frozen=True):
    """One end of a way."""

    name: str
    modules: frozenset[Module]
    package: str = ""
    """A package from outside the project."""


def tell_way(start: str, goal: str, registry: Registry, style: Style) -> tuple[str, tuple[str, ...]]:
    """The shortest chain of imports between two parts, and the notices that came up.

    A part is a layer, a path, a module or package by its dotted name, or as the goal a package from
    outside. Raises UsageError for anything else.
    """
    places = [Path(each) for each in (start, goal) if os.path.lexists(each)]
    assignment = assign(places or [Path()])[0]
    config, _ = opened(assignment.config, assignment.root, registry)
    store = Store(assignment.root / CACHE, inside_project=True)
    project = open_project(config, Request(named=assignment.targets, store=store))
    source, target = _part(project, start), _part(project, goal)
    if source.package:
        raise UsageError(f"`{start}` is not part of the project, so its imports cannot be read")
    text = "".join(f"{line}\n" for line in _told(project, source, target, style))
    return text, notices(project)


def _told(project: Project, source: _Part, target: _Part, style: Style) -> Iterator[str]:
    links = shortest(project, source.modules, target.modules, target.package)
    if links:
        yield style.strong(plain(f"{source.name} reaches {target.name} by {counted(len(links), 'import')}"))
        yield from _rows(links)
        return
    yield style.strong(plain(f"{source.name} does not reach {target.name}"))
    back = () if target.package else shortest(project, target.modules, source.modules)
    if back:
        yield plain(f"  the other way round it does, from {back[0].importer.path}:{back[0].fact.line}")


def _rows(links: tuple[Link, ...]) -> Iterator[str]:
    places = [plain(f"{link.importer.path}:{link.fact.line}") for link in links]
    width = max(map(len, places))
    for place, link in zip(places, links, strict=True):
        kinds = how(link.fact).partition(", ")[2]
        yield f"  {place:<{width}}  imports {plain(end(link))}" + (f" ({kinds})" if kinds else "")


def _part(project: Project, name: str) -> _Part:
    layers = project.view(Layers)
    for layer in layers.layers:
        if layer.name == name:
            return _Part(f"the layer {name}", frozenset(layers.members(layer)))
    if os.path.lexists(name):
        path = Path(os.path.realpath(name)).relative_to(os.path.realpath(project.root)).as_posix()
        found = frozenset(
            m for m in project.modules if path in (".", m.path) or m.path.startswith(f"{path}/")
        )
        if found:
            return _Part(path, found)
    found = frozenset(module for module in project.modules if matches_name(module.name, f"{name}.**"))
    if found:
        return _Part(name, found)
    graph = project.view(ImportGraph)
    outside = {edge.name for module in project.modules for edge in graph.external_of(module)}
    if any(matches_external(each, name) for each in outside):
        return _Part(name, frozenset(), name)
    known = [layer.name for layer in layers.layers] + [module.name for module in project.modules]
    hint = did_you_mean(name, {*known, *outside}, "`archlint graph` shows them")
    raise UsageError(f"`{name}` is not a layer, path, module or package of the project; {hint}")
