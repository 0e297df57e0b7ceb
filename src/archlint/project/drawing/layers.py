"""Which layer each module belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from archlint.config.model import Layer
from archlint.errors import ConfigError, ConfigProblem
from archlint.project.imports.siblings import group_of
from archlint.project.module import Module
from archlint.project.patterns import depth, first_match, matches

if TYPE_CHECKING:
    from archlint.project.project import Project


class Layers:
    """A drawing laid over the modules.

    A module that several patterns match belongs to the one that says most of where it lies: `app/**` may be
    a layer beside `app/api/**` in whatever order they are written, and `**/models/**` is the layer of
    `app/services/models/order.py` where `**/services/**` is one too.
    """

    transparent = True

    def __init__(self, layers: tuple[Layer, ...], members: dict[Module, Layer], container: str = "") -> None:
        self.layers = layers
        self.container = container
        """The package that holds these layers, where each of several is held to them."""

        self._members = members
        self._ranks = {layer.name: rank for rank, layer in enumerate(layers)}
        self._parts = {module: _part(module, layer) for module, layer in members.items() if layer.independent}

    @classmethod
    def build(cls, project: Project) -> Layers:
        """The layers that the configuration draws. Raises ConfigError as `drawn` does."""
        return cls.drawn(project, project.config.layers, "layers")

    @classmethod
    def drawn(cls, project: Project, layers: tuple[Layer, ...], key: str, container: str = "") -> Layers:
        """Any drawing laid over a project; `key` is its place in the configuration.

        Raises ConfigError for every pattern that matches no module, where the layer is not optional: what
        holds nothing guards nothing. Of a sparse checkout nobody can tell.
        """
        claims: dict[Module, list[tuple[Layer, str]]] = {}
        problems: list[ConfigProblem] = []
        for layer in layers:
            for place, pattern in enumerate(layer.patterns):
                found = [module for module in project.modules if _holds(layer, pattern, module)]
                if not found and not layer.optional and not project.is_sparse:
                    problems.append(_unmatched(project, layer, f"{key}.{layer.name}", place))
                for module in found:
                    claims.setdefault(module, []).append((layer, pattern))
        if problems:
            raise ConfigError(tuple(problems))
        members = {module: _strongest(module, claimed) for module, claimed in claims.items()}
        return cls(layers, members, container)

    @cached_property
    def present(self) -> tuple[Layer, ...]:
        """The layers that hold a module, from top to bottom."""
        return tuple(layer for layer in self.layers if layer.name in self._by_layer)

    def of(self, module: Module) -> Layer | None:
        """The layer of a module, or None outside the drawing."""
        return self._members.get(module)

    def rank(self, layer: Layer) -> int:
        """The place of a layer: 0 is the top."""
        return self._ranks[layer.name]

    def part(self, module: Module) -> str:
        """The part of an independent layer that a module lies in; empty anywhere else."""
        return self._parts.get(module, "")

    def members(self, layer: Layer) -> tuple[Module, ...]:
        """The modules of a layer."""
        return tuple(self._by_layer.get(layer.name, ()))

    @cached_property
    def _by_layer(self) -> dict[str, list[Module]]:
        table: dict[str, list[Module]] = {}
        for module, layer in self._members.items():
            table.setdefault(layer.name, []).append(module)
        return table

    def units(self) -> Iterator[frozenset[Module]]:
        """The modules that stand together: of each layer those of one part, or else of one pattern."""
        units: dict[tuple[str, str], set[Module]] = {}
        for module, layer in self._members.items():
            several = len(layer.patterns) > 1 and not layer.independent
            group = first_match(module, layer.patterns) if several else self.part(module)
            units.setdefault((layer.name, group or ""), set()).add(module)
        yield from map(frozenset, units.values())

    def __contains__(self, module: Module) -> bool:
        return module in self._members


def _holds(layer: Layer, pattern: str, module: Module) -> bool:
    is_inside = matches(module, pattern) or (layer.independent and bool(group_of(module, pattern)))
    return is_inside and first_match(module, layer.exceptions) is None


def _strongest(module: Module, claims: list[tuple[Layer, str]]) -> Layer:
    """The layer whose pattern reaches deepest into the module's name; of equals the longest pattern."""
    if len({layer.name for layer, _ in claims}) == 1:
        return claims[0][0]
    return max(claims, key=lambda claim: (depth(module, claim[1]), len(claim[1])))[0]


def _part(module: Module, layer: Layer) -> str:
    parts = (group_of(module, pattern) for pattern in sorted(layer.patterns, key=len, reverse=True))
    return next((part for part in parts if part), "")


def _unmatched(project: Project, layer: Layer, key: str, place: int) -> ConfigProblem:
    is_table = f"{key}.modules" in project.config.origins
    return project.config.problem(
        f"{key}.modules.{place}" if is_table else f"{key}.{place}",
        f"the pattern `{layer.patterns[place]}` matches no module",
        "with a slash it is a path from the configuration's folder, else a dotted module",
    )
