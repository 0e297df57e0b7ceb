"""The functions that migrations run, and when: `migrations.RunPython(fill, empty)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Expression, Name
from archlint.frameworks.django.migrations.history import Histories, History, Step
from archlint.frameworks.django.migrations.operations import given
from archlint.project.answer import Definition
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import Scopes, meant

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


class DataMigrations:
    """Tells at which point of the history of its app a function runs."""

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._steps: dict[ProjectFunction, list[tuple[History, Step]]] = {}
        for history in project.view(Histories):
            for step in history.steps:
                for at, name in enumerate(("code", "reverse_code")):
                    function = self._function(step.migration.module, given(step.operation, at, name))
                    if function is not None:
                        self._steps.setdefault(function, []).append((history, step))

    @classmethod
    def build(cls, project: Project) -> DataMigrations:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction) -> tuple[History, Step] | None:
        """The step that runs a function; None where there are several, or none."""
        found = self._steps.get(function, ())
        return found[0] if found and all(step is found[0][1] for _, step in found) else None

    def _function(self, module: Module, form: Expression | None) -> ProjectFunction | None:
        if not isinstance(form, (Name, Attribute)):
            return None
        answer = self._scopes.resolve(module, "", form)
        found = meant(answer) if isinstance(answer, Definition) else None
        if found is None or found.kind is not Kind.FUNCTION:
            return None
        return ProjectFunction(found.module, found.index)
