"""Modules with mapped classes that nothing ever imports, so that their classes are not there at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.startup.imports_by_name import BY_NAME
from archlint.project.files.test_code import is_test
from archlint.project.imports.execution import Execution

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


class Unloaded:
    """Answers whether a module is left out of whatever runs."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._execution = project.view(Execution)
        self._reached: set[Module] | None = None
        self._is_open: bool | None = None

    @classmethod
    def build(cls, project: Project) -> Unloaded:
        """The view of a project."""
        return cls(project)

    def is_unloaded(self, module: Module) -> bool:
        """Whether no module of the project imports it at run time, nor names it in a text."""
        if module.is_package or is_test(module.path) or module in self._imported():
            return False
        return not self._imports_by_name() and not self._is_named(module)

    def _imported(self) -> set[Module]:
        if self._reached is None:
            steps = [
                step
                for module in self._execution.modules
                for step in (*self._execution.steps(module), *self._execution.deferred(module))
            ]
            self._reached = {reached for step in steps for reached in step.reached}
        return self._reached

    def _imports_by_name(self) -> bool:
        if self._is_open is None:
            modules = self._project.modules
            self._is_open = any(module.speaks_of(*BY_NAME) for module in modules)
        return self._is_open

    def _is_named(self, module: Module) -> bool:
        name = module.name.encode()
        return any(each.speaks_of(name) for each in self._project.modules)
