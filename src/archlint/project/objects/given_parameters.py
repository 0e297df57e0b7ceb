"""What a parameter is without an annotation: what those pass who make the object, or wrap the function.

A part of `Values`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.called import called_function
from archlint.project.objects.decorated import handed_in
from archlint.project.objects.promises import Instance, Value, same
from archlint.project.objects.wiring import Wiring, Written, argument
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.objects.values import Values
    from archlint.project.project import Project


class GivenParameters:
    """Answers by parameter: an instance where all who pass something agree, else UNKNOWN."""

    def __init__(self, values: Values, project: Project) -> None:
        self._values = values
        self._project = project
        self._scopes = project.view(Scopes)
        self._functions = project.view(Functions)
        self._hierarchy = project.view(ClassHierarchy)

    def of(self, function: ProjectFunction, name: str) -> Value:
        """What a parameter without an annotation is."""
        fact = function.fact
        found: Value = UNKNOWN
        if fact.name == "__init__" and fact.owner >= 0:
            found = _agreed(self._passed(function, name))
        if found is UNKNOWN and fact.decorators:
            found = _agreed(self._handed_in(function, name))
        if found is UNKNOWN and fact.decorators and name == fact.parameters[0].name:
            found = self._task(function)
        return found

    def _passed(self, constructor: ProjectFunction, name: str) -> Iterator[Value]:
        """What everybody who makes an object passes to its constructor."""
        owner = ProjectClass(constructor.module, constructor.fact.owner)
        at = [parameter.name for parameter in constructor.fact.parameters].index(name) - 1
        wiring = self._project.view(Wiring)
        for written in wiring.calls(owner.fact.name):
            call = written.value
            if isinstance(call, Call) and self._values.of_written(written, call) == Instance(owner):
                yield self._argument(written, argument(call, at, name))
        for written in wiring.views(owner.fact.name):
            call = written.value
            if not isinstance(call, Call) or not isinstance(call.function, Attribute):
                continue
            view = self._values.of_written(written, call.function.value)
            if not isinstance(view, Instance) and self._hierarchy.of(view) == owner:
                yield self._argument(written, argument(call, at + 1, name))

    def _argument(self, written: Written, passed: Expression | None) -> Value:
        return UNKNOWN if passed is None else self._values.of_written(written, passed)

    def _handed_in(self, function: ProjectFunction, name: str) -> Iterator[Value]:
        """What the decorators of the project that wrap a function call it with."""
        for decorator in function.fact.decorators:
            made = decorator.function if isinstance(decorator, Call) else decorator
            wrapping = called_function(self._scopes.resolve(function.module, function.outer, made))
            if wrapping is not None:
                for wrapper, given in handed_in(self._functions, wrapping, function, name):
                    yield self._values.of_written(Written(wrapper.module, wrapper, given), given)

    def _task(self, function: ProjectFunction) -> Value:
        """The task that is passed to its own function: `@app.task(bind=True, base=DatabaseTask)`."""
        if not function.is_task_of_its_own:
            return UNKNOWN
        bases = [
            keyword.value
            for decorator in function.fact.decorators
            if isinstance(decorator, Call)
            for keyword in decorator.keywords
            if keyword.name == "base"
        ]
        owners = [self._hierarchy.of(self._scopes.resolve(function.module, function.outer, b)) for b in bases]
        return Instance(owners[0]) if len(owners) == 1 and owners[0] is not None else UNKNOWN


def _agreed(found: Iterator[Value]) -> Value:
    values = list(found)
    agreed = same(values) if values else UNKNOWN
    return agreed if isinstance(agreed, Instance) else UNKNOWN
