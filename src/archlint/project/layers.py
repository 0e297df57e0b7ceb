"""Which layer each module belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.config.model import Layer
from archlint.errors import ConfigError
from archlint.project.module import Module
from archlint.project.patterns import matches

if TYPE_CHECKING:
    from archlint.project.project import Project


class Layers:
    """The drawing of the configuration laid over the modules.

    A module that several patterns match belongs to the layer of the longest pattern, so that `app/**`
    may be a layer beside `app/api/**` in whatever order they are written.
    """

    def __init__(self, layers: tuple[Layer, ...], members: dict[Module, Layer]) -> None:
        self.layers = layers
        self._members = members
        self._ranks = {layer.name: rank for rank, layer in enumerate(layers)}

    @classmethod
    def build(cls, project: Project) -> Layers:
        """The layers of a project.

        Raises ConfigError for every pattern that matches no module: a layer that holds nothing
        guards nothing.
        """
        members: dict[Module, tuple[int, Layer]] = {}
        problems = []
        for layer in project.config.layers:
            for place, pattern in enumerate(layer.patterns):
                found = [module for module in project.modules if matches(module, pattern)]
                if not found:
                    problems.append(
                        project.config.problem(
                            f"layers.{layer.name}.{place}",
                            f"the pattern `{pattern}` matches no module",
                            "with a slash it is a path from the configuration's folder, else a dotted module",
                        )
                    )
                for module in found:
                    if module not in members or members[module][0] < len(pattern):
                        members[module] = (len(pattern), layer)
        if problems:
            raise ConfigError(tuple(problems))
        return cls(project.config.layers, {module: layer for module, (_, layer) in members.items()})

    def of(self, module: Module) -> Layer | None:
        """The layer of a module, or None outside the drawing."""
        return self._members.get(module)

    def rank(self, layer: Layer) -> int:
        """The place of a layer: 0 is the top."""
        return self._ranks[layer.name]

    def members(self, layer: Layer) -> tuple[Module, ...]:
        """The modules of a layer."""
        return tuple(module for module, own in self._members.items() if own is layer)
