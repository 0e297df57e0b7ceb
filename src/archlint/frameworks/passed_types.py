"""What callers pass for parameters without an annotation: `parse(request)` makes a request of it.

A parameter that is passed on carries its type along. Code for tests passes what it likes, and is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.expressions import Call, Expression, Name, Starred, last_name
from archlint.frameworks.django.test_code import is_test
from archlint.frameworks.requests import Requests
from archlint.project.appearances import Type
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.uses import Span, name_span
from archlint.project.values import Instance, Values, called_function

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.project import Project

_Key: TypeAlias = tuple[ProjectFunction, str]


@dataclass(frozen=True, slots=True)
class Passed:
    """One argument of a call."""

    types: tuple[Type, ...]
    """The names of its class, the usual one first."""

    caller: ProjectFunction
    span: Span


class PassedTypes:
    """Answers for one function after the other: only calls by its name are looked at."""

    def __init__(self, project: Project) -> None:
        self._values = project.view(Values)
        self._hierarchy = project.view(ClassHierarchy)
        self._requests = project.view(Requests)
        self._calls: dict[str, list[tuple[ProjectFunction, Call]]] = {}
        self._known: dict[_Key, tuple[Passed, ...]] = {}
        functions = project.view(Functions)
        for function in functions.all():
            if not is_test(function.module.path):
                for site in functions.summary(function).calls:
                    name = last_name(site.call.function)
                    self._calls.setdefault(name, []).append((function, site.call))

    @classmethod
    def build(cls, project: Project) -> PassedTypes:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction, parameter: Parameter) -> tuple[Passed, ...]:
        """What is passed for a parameter, one for each type; nothing where an annotation speaks."""
        key = (function, parameter.name)
        known = self._known.get(key)
        if known is None:
            self._known[key] = ()  # what is only passed on in a cycle comes from nowhere
            found = self._found(function, parameter)
            known = self._known[key] = tuple({passed.types: passed for passed in found}.values())
        return known

    def _found(self, function: ProjectFunction, parameter: Parameter) -> Iterator[Passed]:
        if parameter.annotation is not None or parameter.name == function.receiver:
            return
        at = function.fact.parameters.index(parameter)
        for caller, call in self._calls_of(function):
            value = _argument(call, at - bool(function.receiver), parameter)
            span = name_span(call.function)
            if value is None or span is None:
                continue
            for types in self._types(caller, value):
                yield Passed(types, caller, span)

    def _types(self, caller: ProjectFunction, value: Expression) -> Iterator[tuple[Type, ...]]:
        found = self._values.of(caller, value)
        if isinstance(found, Instance):
            yield (found.of,)
            return
        request = self._requests.of(caller, value, found)
        if request:
            yield request
        elif isinstance(value, Name):
            own = next((each for each in caller.fact.parameters if each.name == value.id), None)
            if own is not None:
                yield from (passed.types for passed in self.of(caller, own))

    def _calls_of(self, function: ProjectFunction) -> Iterator[tuple[ProjectFunction, Call]]:
        fact = function.fact
        owner = ProjectClass(function.module, fact.owner) if fact.owner >= 0 else None
        if owner is not None and fact.name == "__init__":
            for caller, call in self._calls.get(owner.fact.name, ()):
                callee = self._values.callee(caller, call)
                if not isinstance(callee, Instance) and self._hierarchy.of(callee) == owner:
                    yield caller, call
            return
        for caller, call in self._calls.get(fact.name, ()):
            if called_function(self._values.callee(caller, call)) == function:
                yield caller, call


def _argument(call: Call, at: int, parameter: Parameter) -> Expression | None:
    """What a call passes for a parameter; None where it passes nothing, or nobody can tell."""
    for keyword in call.keywords:
        if keyword.name == parameter.name:
            return keyword.value
    if parameter.kind == "keyword" or any(isinstance(each, Starred) for each in call.arguments):
        return None
    return call.arguments[at] if 0 <= at < len(call.arguments) else None
