"""What runs when a module is imported: its imports in their order, with the packages around each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.imports import Import
from archlint.project.answer import Folder
from archlint.project.finder import Finder
from archlint.project.imports.cycles import components
from archlint.project.module import Module
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


class Step(msgspec.Struct, frozen=True):
    """One import of a name or a module, as Python carries it out."""

    fact: Import
    loads: tuple[Module, ...]
    """What is imported first, the outermost package in front; the last is what the statement names."""

    source: Module | None
    """The module that the name is taken from."""

    child: Module | None
    """The submodule of that name, imported where the package has no such name by then."""

    @property
    def is_certain(self) -> bool:
        """Whether it runs whenever the module, or the function around it, does."""
        return not (self.fact.conditional or self.fact.guarded or self.fact.platform or self.fact.dynamic)

    @property
    def reached(self) -> tuple[Module, ...]:
        """All that it may import, in order."""
        return (*self.loads, self.child) if self.child is not None else self.loads


class Execution:
    """The steps of every module, and who imports whom by them."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._finder = project.view(Finder)
        self._symbols = project.view(Symbols)
        self._around: dict[str, tuple[Module, ...]] = {}
        self._steps: dict[Module, tuple[Step, ...]] = {}
        self._deferred: dict[Module, tuple[Step, ...]] = {}
        for module in project.modules:
            if not module.is_stub:
                self._read(module)

    @classmethod
    def build(cls, project: Project) -> Execution:
        """The execution of every module of a project."""
        return cls(project)

    @property
    def modules(self) -> tuple[Module, ...]:
        """The modules that can run."""
        return tuple(self._steps)

    def steps(self, module: Module) -> tuple[Step, ...]:
        """The imports that run when the module is imported, in the order of the source."""
        return self._steps.get(module, ())

    def deferred(self, module: Module) -> tuple[Step, ...]:
        """The imports inside its functions, in the order of the source."""
        return self._deferred.get(module, ())

    def around(self, module: Module) -> tuple[Module, ...]:
        """The packages that are imported before a module is, the outermost first."""
        folder = module.folder
        around = folder.rpartition("/")[0] if module.is_package else folder
        return self._around.get(around) or self._packages(around, module.root)

    @cached_property
    def successors(self) -> dict[Module, tuple[Module, ...]]:
        """What importing a module may import, itself left out."""
        return {
            module: tuple(dict.fromkeys(m for m in self._reached(module) if m is not module))
            for module in self._steps
        }

    @cached_property
    def predecessors(self) -> dict[Module, tuple[Module, ...]]:
        """The modules whose import may import a module."""
        table: dict[Module, list[Module]] = {module: [] for module in self._steps}
        for module, successors in self.successors.items():
            for successor in successors:
                table[successor].append(module)
        return {module: tuple(found) for module, found in table.items()}

    @cached_property
    def components(self) -> list[tuple[Module, ...]]:
        """The modules by the cycles they are in, each behind all that it imports."""
        return components(self.successors)

    def component_of(self, module: Module) -> tuple[Module, ...]:
        """The cycle a module is in, or the module alone."""
        return self._component_of[module]

    @cached_property
    def _component_of(self) -> dict[Module, tuple[Module, ...]]:
        return {module: component for component in self.components for module in component}

    def _reached(self, module: Module) -> tuple[Module, ...]:
        return (*self.around(module), *(each for step in self._steps[module] for each in step.reached))

    def _read(self, module: Module) -> None:
        now: list[Step] = []
        later: list[Step] = []
        for fact in module.facts.imports:
            step = None if fact.typing else self._step(module, fact)
            if step is not None:
                (later if fact.deferred else now).append(step)
        self._steps[module] = tuple(now)
        self._deferred[module] = tuple(later)

    def _step(self, module: Module, fact: Import) -> Step | None:
        target = self._symbols.imported_module(module, fact)
        if not isinstance(target, (Module, Folder)):
            return None
        named = fact.name not in ("", "*")
        child = self._finder.child(target, fact.name) if named else None
        below = child if isinstance(child, Module) and not child.is_stub else None
        if isinstance(target, Folder):
            return Step(fact, self._packages(target.path, module.root), None, below)
        if target.is_stub:
            return None
        packages = self.around(target)
        if not fact.level:  # a name of two segments has one package around it, whatever the folders hold
            packages = packages[max(0, len(packages) - fact.module.count(".")) :]
        return Step(fact, (*packages, target), target if fact.name else None, below)

    def _packages(self, folder: str, root: str) -> tuple[Module, ...]:
        """The packages of a folder and of those around it, up to the source root."""
        if not folder or folder == root:
            return ()
        found = self._around.get(folder)
        if found is None:
            package = self._finder.at(folder)
            own = (package,) if package is not None and package.is_package and not package.is_stub else ()
            found = self._around[folder] = (*self._packages(folder.rpartition("/")[0], root), *own)
        return found
