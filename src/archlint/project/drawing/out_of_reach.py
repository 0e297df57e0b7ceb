"""What objects of other layers may be asked for, so that nothing else has to be followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.drawing.layers import Layers
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


class OutOfReach:
    """The names of members of the classes that the modules of a layer may not reach."""

    def __init__(self, project: Project, layers: Layers, is_broken: Callable[[Module, Module], bool]) -> None:
        self._layers = layers
        self._is_broken = is_broken
        self._hierarchy = project.view(ClassHierarchy)
        self._members: dict[Module, frozenset[str]] = {}
        self._names: dict[tuple[str, str], frozenset[str]] = {}

    def names(self, module: Module) -> frozenset[str]:
        """The names for a module of the drawing; they are the same for all of its layer, or its part."""
        layer = self._layers.of(module)
        unit = (layer.name if layer else "", self._layers.part(module))
        if unit not in self._names:
            self._names[unit] = frozenset(
                name for home in self._homes(module) for name in self._members_of(home)
            )
        return self._names[unit]

    def _homes(self, module: Module) -> list[Module]:
        return [
            home
            for layer in self._layers.layers
            for home in self._layers.members(layer)
            if self._members_of(home) and self._is_broken(module, home)
        ]

    def _members_of(self, module: Module) -> frozenset[str]:
        if module not in self._members:
            orders = (
                self._hierarchy.order(ProjectClass(module, index)) for index in range(len(module.classes))
            )
            owners = {each for order in orders for each in order if isinstance(each, ProjectClass)}
            self._members[module] = frozenset(
                member.name for owner in owners for member in owner.fact.members
            )
        return self._members[module]
