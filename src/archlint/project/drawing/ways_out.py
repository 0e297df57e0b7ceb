"""How an import against the layers can be mended, by what else the project imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.drawing.layers import Layers
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


def turned_round(project: Project, source: Module, target: Module) -> bool:
    """Whether the higher module imports the lower one too, so that one of the two imports may go."""
    return any(edge.imported is source for edge in project.view(ImportGraph).imports_of(target))


def belongs_below(project: Project, layers: Layers, source: Module, target: Module) -> bool:
    """Whether a module of a higher layer is only used as low as `source`, and needs nothing from above it.

    Then it can be moved down as it is.
    """
    graph, own = project.view(ImportGraph), layers.of(source)
    if own is None or target.is_package:
        return False
    lowest = layers.rank(own)
    users = [layers.of(edge.importer) for edge in graph.importers_of(target)]
    needed = [layers.of(edge.imported) for edge in graph.imports_of(target)]
    return all(each is not None and layers.rank(each) >= lowest for each in users) and all(
        each is None or layers.rank(each) >= lowest for each in needed
    )
