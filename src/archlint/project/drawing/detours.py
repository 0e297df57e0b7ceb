"""Who in a layer uses something already, and so is what others should call instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.config.model import Layer
from archlint.project.answer import Definition
from archlint.project.drawing.closest import closest
from archlint.project.drawing.layers import Layers
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.module import Module
from archlint.project.objects.uses import Uses

if TYPE_CHECKING:
    from archlint.project.project import Project

_TOLD = 3
_LOOKED_INTO = 50
"""Modules in which functions are looked for, so that hints cost less than what they are about."""


class Detours:
    """Finds for a drawing what to call in one layer to get at a name in another."""

    def __init__(self, project: Project, layers: Layers) -> None:
        self._project = project
        self._layers = layers
        self._known: dict[tuple[str, Module, str], str] = {}
        self._looked_into: set[Module] = set()

    def through(self, layer: Layer, target: Module, name: str) -> str:
        """Functions of a layer that use a name of a module; in words, and empty where none does."""
        key = (layer.name, target, name)
        if key not in self._known:
            self._known[key] = self._find(layer, target, name)
        return self._known[key]

    def beside(self, layer: Layer, target: Module) -> Module | None:
        """The module of a layer that imports another, the closest to that; None where none does."""
        return closest(target, self._importers(layer, target))

    def _find(self, layer: Layer, target: Module, name: str) -> str:
        users = sorted(self._importers(layer, target), key=lambda module: module.path)
        found = {function for module in users for function in self._functions(module, target, name)}
        return " or ".join(f"`{each}`" for each in sorted(found)[:_TOLD])

    def _importers(self, layer: Layer, target: Module) -> list[Module]:
        edges = self._project.view(ImportGraph).importers_of(target)
        return [m for m in dict.fromkeys(edge.importer for edge in edges) if self._layers.of(m) == layer]

    def _functions(self, module: Module, target: Module, name: str) -> list[str]:
        """The public functions of a module that use a name of another, or something of it."""
        if module not in self._looked_into and len(self._looked_into) >= _LOOKED_INTO:
            return []
        self._looked_into.add(module)
        wanted = name or target.name
        return [
            use.function.name
            for use in self._project.view(Uses).of(module)
            if use.function is not None
            and isinstance(use.answer, Definition)
            and use.answer.module is target
            and (use.name == wanted or use.name.startswith(f"{wanted}."))
            and not use.function.fact.name.startswith("_")
        ]
