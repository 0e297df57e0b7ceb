"""The modules that a pattern is looked for in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.config.model import CodePattern
from archlint.errors import ConfigError, ConfigProblem
from archlint.project.drawing.drawings import layer_names
from archlint.project.drawing.layers import Layers
from archlint.project.imports.selection import matching
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


class Scope:
    """What `in` and `not-in` come to."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._modules: dict[str, frozenset[Module]] = {}

    @classmethod
    def build(cls, project: Project) -> Scope:
        """The view of a project."""
        return cls(project)

    def holds(self, pattern: CodePattern, module: Module) -> bool:
        """Whether a pattern is looked for in a module.

        Raises ConfigError for an entry that is not a layer and matches no module: what holds nothing guards
        nothing.
        """
        if module.is_stub:
            return False
        if pattern.key not in self._modules:
            self._modules[pattern.key] = self._of(pattern)
        return module in self._modules[pattern.key]

    def _of(self, pattern: CodePattern) -> frozenset[Module]:
        problems: list[ConfigProblem] = []
        within = self._named(pattern.within, f"{pattern.key}.in", problems)
        outside = self._named(pattern.outside, f"{pattern.key}.not-in", problems)
        if problems:
            raise ConfigError(tuple(problems))
        return (within if pattern.within else frozenset(self._project.modules)) - outside

    def _named(self, entries: Iterable[str], key: str, problems: list[ConfigProblem]) -> frozenset[Module]:
        drawn = layer_names(self._project)
        found: set[Module] = set()
        for at, entry in enumerate(entries):
            layer = drawn.get(entry)
            inside = self._project.view(Layers).members(layer) if layer else matching(self._project, entry)
            found.update(inside)
            if not inside and not (layer and layer.optional):
                message = f"`{entry}` is not a layer, and as a pattern it matches no module"
                problems.append(self._project.config.problem(f"{key}.{at}", message))
        return frozenset(found)
