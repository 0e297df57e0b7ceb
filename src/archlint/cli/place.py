"""What archlint knows of one file: its module, its layer, the rules that look at it, its imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from archlint.cli.assignment import Assignment, assign
from archlint.cli.lint import CACHE
from archlint.cli.told import how, notices
from archlint.engine import Request, open_project
from archlint.errors import UsageError
from archlint.project import Module, Project
from archlint.project.drawing.layers import Layers
from archlint.project.imports.import_graph import ImportGraph
from archlint.registry import ActiveRule, Registry
from archlint.registry.opening import opened
from archlint.reporters.style import Style
from archlint.reporters.text import plain
from archlint.store import Store


def tell_place(path: Path, registry: Registry, style: Style) -> tuple[str, tuple[str, ...]]:
    """The text about a file, and the notices that came up. Raises UsageError for any other path."""
    (assignment,) = assign([path])
    config, registry = opened(assignment.config, assignment.root, registry)
    request = Request(named=assignment.targets, store=Store(assignment.root / CACHE, inside_project=True))
    project = open_project(config, request)
    module = _module(path, assignment, project)
    rules = registry.select(config, project)
    sections = (
        ("", _facts(module, project)),
        ("Rules", _rules(rules, style)),
        ("Imports", _imports(module, project.view(ImportGraph))),
        ("Imported by", _importers(module, project.view(ImportGraph))),
    )
    blocks = (_block(title, rows, style) for title, rows in sections)
    return f"{style.strong(plain(module.path))}\n{''.join(blocks)}", notices(project)


def _module(path: Path, assignment: Assignment, project: Project) -> Module:
    module = project.module_at(assignment.targets[0]) if assignment.targets else None
    if module is None:
        kind = "is a folder; name a file in it" if path.is_dir() else "is not a file of Python code"
        raise UsageError(f"`{path}` {kind}")
    return module


def _facts(module: Module, project: Project) -> Iterator[tuple[str, str]]:
    yield "module", module.name
    yield "source root", module.root or "."
    yield "layer", _layer(module, project)
    yield "project", str(project.root)
    yield "configuration", project.config.source or "none"


def _layer(module: Module, project: Project) -> str:
    layers = project.view(Layers)
    layer = layers.of(module)
    if layer is None:
        return "none" if layers.layers else "none; no layers are configured"
    below = [each.name for each in layers.layers[layers.rank(layer) + 1 :]]
    return f"{layer.name}, above {', '.join(below)}" if below else f"{layer.name}, the lowest"


def _rules(rules: Iterable[ActiveRule], style: Style) -> Iterator[tuple[str, str]]:
    for active in rules:
        severity = active.severity or active.card.severity
        because = f"  {plain(active.instance.because)}" if active.instance.because else ""
        yield active.card.id, style.severity(severity, severity.value) + because


def _imports(module: Module, graph: ImportGraph) -> Iterator[tuple[str, str]]:
    rows = [(edge.fact.line, edge.imported.name, how(edge.fact)) for edge in graph.imports_of(module)]
    rows += [(edge.fact.line, edge.name, f"{how(edge.fact)}, external") for edge in graph.external_of(module)]
    yield from ((name, how) for _, name, how in sorted(dict.fromkeys(rows)))


def _importers(module: Module, graph: ImportGraph) -> Iterator[tuple[str, str]]:
    rows = {(edge.importer.path, edge.fact.line, how(edge.fact)) for edge in graph.importers_of(module)}
    yield from ((path, how) for path, _, how in sorted(rows))


def _block(title: str, rows: Iterable[tuple[str, str]], style: Style) -> str:
    found = [(plain(name), text) for name, text in rows]
    width = max((len(name) for name, _ in found), default=0)
    head = f"\n{style.strong(title)}\n" if title else ""
    lines = [f"  {name:<{width}}  {text}\n" for name, text in found]
    return head + "".join(lines or ["  none\n"])
