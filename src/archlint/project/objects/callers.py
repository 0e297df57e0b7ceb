"""Who calls a function, found by its name: of all other calls nothing is resolved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Name, last_name
from archlint.project.call_arguments import call_arguments
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.called import called_function
from archlint.project.objects.promises import Instance
from archlint.project.objects.values import Values

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.project import Project


_HANDING_ON = {
    "add_task": 0,
    "call_soon": 0,
    "partial": 0,
    "run_in_executor": 1,
    "run_in_threadpool": 0,
    "run_sync": 0,
    "submit": 0,
    "to_thread": 0,
}
"""What calls one of its arguments with those behind it, now or later, by its last name: which argument."""


class Callers:
    """The calls in functions, those of tests too. To make an object is to call its constructor."""

    def __init__(self, project: Project) -> None:
        self._values = project.view(Values)
        self._hierarchy = project.view(ClassHierarchy)
        self._calls: dict[str, list[tuple[ProjectFunction, Call]]] = {}
        self._later: dict[str, list[tuple[ProjectFunction, Call]]] = {}
        functions = project.view(Functions)
        for function in functions.all():
            for site in functions.summary(function).calls:
                name = last_name(site.call.function)
                self._calls.setdefault(name, []).append((function, site.call))
                handed = _handed_on(site.call, name) if name in _HANDING_ON else None
                if handed is not None:
                    self._later.setdefault(last_name(handed.function), []).append((function, handed))

    @classmethod
    def build(cls, project: Project) -> Callers:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction) -> Iterator[tuple[ProjectFunction, Call]]:
        """The calls that surely end in a function, each with the function that it stands in."""
        fact = function.fact
        if fact.owner >= 0 and fact.name == "__init__":
            yield from self._makers(ProjectClass(function.module, fact.owner))
            return
        for caller, call in self._calls.get(fact.name, ()):
            if called_function(self._values.callee(caller, call)) == function:
                yield caller, call

    def later(self, function: ProjectFunction) -> Iterator[tuple[ProjectFunction, Call]]:
        """The calls that others will make, as far as they are known: `partial(place, request)`."""
        for caller, call in self._later.get(function.fact.name, ()):
            if called_function(self._values.callee(caller, call)) == function:
                yield caller, call

    def _makers(self, owner: ProjectClass) -> Iterator[tuple[ProjectFunction, Call]]:
        for caller, call in self._calls.get(owner.fact.name, ()):
            callee = self._values.callee(caller, call)
            if not isinstance(callee, Instance) and self._hierarchy.of(callee) == owner:
                yield caller, call


def _handed_on(call: Call, name: str) -> Call | None:
    """The call that a function is handed on for."""
    function, *rest = call.arguments[_HANDING_ON[name] :] or (None,)
    if not isinstance(function, (Name, Attribute)):
        return None
    return Call(function, tuple(rest), call.keywords, call.line, call.column)


def passed(function: ProjectFunction, call: Call, parameter: Parameter) -> Expression | None:
    """What a call passes for a parameter; None where it passes nothing, or nobody can tell."""
    return call_arguments(function.left_to_callers, call).by_parameter.get(parameter.name)
