"""Objects of the project that functions are passed for parameters without an annotation.

Code for tests passes what it likes, and is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression, Name, says
from archlint.project.answer import UNKNOWN
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.objects.callers import Callers, passed
from archlint.project.objects.promises import Instance, Value, same
from archlint.project.objects.values import Values

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.project import Project


class PassedObjects:
    """Answers by parameter: an instance where all callers agree, else UNKNOWN."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._functions = project.view(Functions)
        self._values = project.view(Values)
        self._agreed = Memo(project.reads, self._of, circular=_unknown)

    @classmethod
    def build(cls, project: Project) -> PassedObjects:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction, expression: Expression) -> Value:
        """What a name in a function's body is, if it is a parameter of it that nobody binds anew."""
        if not isinstance(expression, Name) or self._functions.summary(function).bound.get(expression.id):
            return UNKNOWN
        return self._agreed((function, expression.id))

    def _of(self, key: tuple[ProjectFunction, str]) -> Value:
        function, name = key
        parameter = next((each for each in function.fact.parameters if each.name == name), None)
        if parameter is None or parameter.annotation is not None or name == function.receiver:
            return UNKNOWN
        values = list(self._passed(function, parameter))
        agreed = same(values) if values else UNKNOWN
        return agreed if isinstance(agreed, Instance) else UNKNOWN

    def _passed(self, function: ProjectFunction, parameter: Parameter) -> Iterator[Value]:
        for caller, call in self._project.view(Callers).of(function):
            if is_test(caller.module.path):
                continue
            given = passed(function, call, parameter) or parameter.default
            if says(given, None):
                continue  # of None nobody asks anything
            found = UNKNOWN if given is None else self._values.of(caller, given)
            if found is UNKNOWN and given is not None:
                found = self.of(caller, given)
            yield found


def _unknown(_: object) -> Value:
    return UNKNOWN
