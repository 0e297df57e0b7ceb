"""Which layers reach which others, by imports or by use."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.adoption.draft import Value
from archlint.config.model import layers_of
from archlint.project.drawing.breaches import breaches
from archlint.project.drawing.crossings import edges_between
from archlint.project.drawing.layers import Layers
from archlint.project.module import Module
from archlint.project.project import Project


def reached(project: Project, drawing: Mapping[str, Value]) -> frozenset[tuple[str, str]]:
    """The pairs of layers of which the first reaches the second, whatever way the code goes."""
    layers = Layers.drawn(project, layers_of(drawing), "layers")
    edges = tuple(edges_between(project, layers, _always))
    known: set[tuple[str, str]] = set()

    def pair(source: Module, target: Module) -> tuple[str, str]:
        start, end = layers.of(source), layers.of(target)
        return (start.name, end.name) if start and end else ("", "")

    def is_new(source: Module, target: Module) -> bool:
        return pair(source, target) not in known

    while True:  # what is told of a pair hides what comes in by the same import from further away
        found = breaches(project, layers, edges, _always, is_new, reexports=True, transitive=False, uses=True)
        more = {pair(crossing.source, crossing.target) for crossing in tuple(found)}
        if more <= known:
            return frozenset(known)
        known |= more


def _always(*_: object) -> bool:
    return True
