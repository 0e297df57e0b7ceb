"""Who reaches whom, however the modules are put into layers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from archlint.adoption.proposal.order import Weights
from archlint.adoption.proposal.units import Unit
from archlint.config.model import Layer
from archlint.project.drawing.layers import Layers
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.module import Module
from archlint.project.patterns import matches_path
from archlint.project.project import Project


class Flow:
    """The imports between the modules of some units."""

    def __init__(self, project: Project, units: Sequence[Unit]) -> None:
        self._units = {module: found for module in project.modules if (found := _of(module, units))}
        self._pairs = Counter(
            (module, edge.imported)
            for module in self._units
            for edge in project.view(ImportGraph).imports_of(module)
            if edge.imported in self._units
        )
        for pair in _handed_on(project, units):
            self._pairs.setdefault(pair, 1)

    def weights(self, chosen: Collection[str]) -> Weights:
        """How many imports lead from each unit into each other one, where only some are drawn.

        A module that several match belongs to the longest pattern, as it will when archlint runs.
        """
        labels = {module: _first(found, chosen) for module, found in self._units.items()}
        weights: Counter[tuple[str, str]] = Counter()
        for (source, target), times in self._pairs.items():
            start, end = labels[source], labels[target]
            if start and end and start != end:
                weights[start, end] += times
        return weights


def _of(module: Module, units: Sequence[Unit]) -> tuple[str, ...]:
    """The units that match a module, the longest pattern first."""
    found = [
        (-len(pattern), unit.name)
        for unit in units
        for pattern in unit.patterns
        if matches_path(module.path, pattern)
    ]
    return tuple(dict.fromkeys(name for _, name in sorted(found, key=lambda each: each[0])))


def _first(found: Sequence[str], chosen: Collection[str]) -> str:
    return next((name for name in found if name in chosen), "")


def _handed_on(project: Project, units: Sequence[Unit]) -> Mapping[tuple[Module, Module], None]:
    """Modules that reach others only through what a third one hands on, or by what they ask of objects."""
    from archlint.project.drawing.breaches import breaches
    from archlint.project.drawing.crossings import edges_between

    layers = Layers.drawn(project, tuple(Layer(unit.name, unit.patterns) for unit in units), "layers")
    found = breaches(
        project,
        layers,
        edges_between(project, layers, _always),
        _always,
        _always,
        reexports=True,
        transitive=False,
        uses=True,
    )
    return dict.fromkeys((crossing.source, crossing.target) for crossing in found)


def _always(*_: object) -> bool:
    return True
