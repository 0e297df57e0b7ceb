"""Takes the state of a project, as it is compared with another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.baseline import entries_of
from archlint.changes.state import Sketch, State, suppressed_by
from archlint.delta import LayerEdge, Spot
from archlint.finding import Finding
from archlint.frameworks.inventory.migrations import migrations
from archlint.frameworks.inventory.routes import declared_routes
from archlint.frameworks.inventory.tables import tables
from archlint.project.drawing.layers import Layers
from archlint.project.imports.first_imports import first_imports
from archlint.project.imports.import_graph import ImportGraph

if TYPE_CHECKING:
    from archlint.project import Module, Project
    from archlint.project.imports.import_graph import Edge


def state_of(project: Project, findings: Iterable[Finding]) -> State:
    """The state of a project with these findings. Raises ConfigError as the view of layers does."""
    return State(
        findings=entries_of(findings),
        modules={module.path: _sketch(module) for module in project.modules},
        files=frozenset(project.files),
        edges=_layer_edges(project),
        imports=_imports(project),
        routes=declared_routes(project),
        tables=tables(project),
        migrations=migrations(project),
        suppressions={
            module.path: tuple(suppressed_by(each.names) for each in module.suppressions if not each.fault)
            for module in project.modules
            if module.suppressions
        },
    )


def _sketch(module: Module) -> Sketch:
    facts = module.facts
    names = {binding.name for binding in facts.bindings} | {fact.target for fact in facts.imports}
    return Sketch(module.name, module.digests.substance, frozenset(names))


def _layer_edges(project: Project) -> tuple[LayerEdge, ...]:
    if not project.config.layers:
        return ()
    layers, graph = project.view(Layers), project.view(ImportGraph)
    found: dict[tuple[str, str], LayerEdge] = {}
    for module in project.modules:
        for edge in graph.imports_of(module):
            start, end = layers.of(module), layers.of(edge.imported)
            if start is None or end is None or start is end or edge.fact.typing:
                continue
            told = LayerEdge(start.name, end.name, Spot(module.path, edge.fact.line))
            found.setdefault((start.name, end.name), told)
    return tuple(sorted(found.values()))


def _imports(project: Project) -> dict[str, dict[str, int]]:
    table = first_imports(project, _counts)
    return {
        importer.path: {imported.path: edge.fact.line for imported, edge in found.items()}
        for importer, found in table.items()
        if found
    }


def _counts(edge: Edge) -> bool:
    return not edge.fact.typing and not edge.fact.deferred
