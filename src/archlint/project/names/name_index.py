"""Where the names of the project are defined, for hints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


class NameIndex:
    """The modules that define a class or a function of a name at their top level."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._places: defaultdict[str, dict[Module, None]] = defaultdict(dict)
        for module in project.modules:
            for binding in module.facts.bindings:
                if binding.kind in (Kind.CLASS, Kind.FUNCTION):
                    self._places[binding.name][module] = None

    @classmethod
    def build(cls, project: Project) -> NameIndex:
        """The index of a project."""
        return cls(project)

    def defined_in(self, name: str) -> Iterator[Module]:
        """The modules that define it, in the order of their paths."""
        return iter(self._places.get(name, ()))
