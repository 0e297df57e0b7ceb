"""Which names a module has while it is still running."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.bindings import Kind
from archlint.project.answer import MISSING, Unresolved
from archlint.project.finder import Finder
from archlint.project.module import Module
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project

Position: TypeAlias = tuple[int, int]
"""Line and column in facts."""

_START: Position = (0, 0)


class BindingOrder:
    """Answers by position. What is bound under a condition counts as bound."""

    transparent = True

    def __init__(self, symbols: Symbols, finder: Finder) -> None:
        self._symbols = symbols
        self._finder = finder

    @classmethod
    def build(cls, project: Project) -> BindingOrder:
        """The view of a project."""
        return cls(project.view(Symbols), project.view(Finder))

    def may_have(self, module: Module, name: str, now: Position | None) -> bool:
        """Whether a module that has run up to `now` (None: to its end) may have bound a name itself."""
        if self.is_open(module) or name.startswith("__"):
            return True
        return any(now is None or place < now for place in self._places(module, name))

    def is_open(self, module: Module) -> bool:
        """Whether a module may have any name: it makes some up, or nobody can read it."""
        facts = module.facts
        return bool(facts.dynamic_names or facts.fault or "__getattr__" in module.bindings)

    def bound_later(self, module: Module, name: str, now: Position) -> Position | None:
        """Where a module that has run up to `now` will bind a name that it surely does not have yet.

        None where it may have it, where the name is that of a submodule, which Python then imports, and
        where the module never binds it.
        """
        if name == "*" or self.may_have(module, name, now):
            return None
        if self._finder.child(module, name) is not MISSING:
            return None
        return min(self._places(module, name), default=None)

    def _places(self, module: Module, name: str) -> Iterator[Position]:
        for binding in module.bindings.get(name, ()):
            if not binding.typing and binding.kind not in (Kind.DELETED, Kind.DECLARED):
                yield binding.line, binding.column
        for index in module.stars:
            star = module.facts.imports[index]
            answer = self._symbols.attribute(self._symbols.imported_module(module, star), name)
            if answer is not MISSING and not star.typing:
                # What only may come through a star counts as early as can be.
                yield _START if isinstance(answer, Unresolved) else (star.line, star.column)
