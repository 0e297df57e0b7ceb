"""Who may use a symbol and does, as near as can be to somebody who may not: where a hint points to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from archlint.project.drawing.closest import shared
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.module import Module
from archlint.project.objects.use_chains import UsesByModule

if TYPE_CHECKING:
    from archlint.project.project import Project


class NearestUsers:
    """Finds, for the modules that may not use some symbols, one that may."""

    def __init__(
        self,
        project: Project,
        allowed: Mapping[Module, str],
        entries: Sequence[str],
        uses: UsesByModule,
        is_restricted: Callable[[str], bool],
    ) -> None:
        """`allowed` holds the modules that may, each with the one of `entries` that says so."""
        self._graph = project.view(ImportGraph)
        self._ranks = {entry: rank for rank, entry in enumerate(entries)}
        self._allowed = allowed
        self._uses = uses
        self._is_restricted = is_restricted
        self._users: list[Module] | None = None
        self._known: dict[Module, Module | None] = {}

    def of(self, module: Module) -> Module | None:
        """The module that may: one of the same name or imported already, the closest of them.

        None where there is neither.
        """
        if module not in self._known:
            self._known[module] = self._find(module)
        return self._known[module]

    def _find(self, module: Module) -> Module | None:
        imported = {edge.imported for edge in self._graph.imports_of(module)}
        own = module.name.split(".")
        near = [
            each
            for each in self._all()
            if each in imported or each.name.endswith(f".{own[-1]}") or each.name.split(".")[:-1] == own[:-1]
        ]
        return min(near, key=lambda each: self._rank(each, own, each in imported), default=None)

    def _rank(self, module: Module, own: list[str], is_imported: bool) -> tuple[int, int, bool, str]:
        return -shared(own, module), self._ranks[self._allowed[module]], not is_imported, module.path

    def _all(self) -> list[Module]:
        """Those that make such uses themselves: others have nothing of the kind to offer."""
        if self._users is None:
            self._users = [
                module
                for module in self._allowed
                if any(self._is_restricted(use.name) for use in self._uses.of(module))
            ]
        return self._users
