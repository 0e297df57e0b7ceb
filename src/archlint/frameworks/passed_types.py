"""What callers pass for parameters without an annotation: `parse(request)` makes a request of it.

A parameter that is passed on carries its type along. Code for tests passes what it likes, and is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.expressions import Expression, Name
from archlint.frameworks.requests import Requests
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction
from archlint.project.objects.callers import Callers, passed
from archlint.project.objects.raised_types import Type
from archlint.project.objects.values import Instance, Values
from archlint.project.spans import Span, name_span

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.project import Project

_Key: TypeAlias = tuple[ProjectFunction, str]


class Passed(msgspec.Struct, frozen=True):
    """One argument of a call."""

    types: tuple[Type, ...]
    """The names of its class, the usual one first."""

    caller: ProjectFunction
    span: Span


class PassedTypes:
    """Answers for one function after the other: only calls by its name are looked at."""

    def __init__(self, project: Project) -> None:
        self._values = project.view(Values)
        self._requests = project.view(Requests)
        self._callers = project.view(Callers)
        self._known: dict[_Key, tuple[Passed, ...]] = {}

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
            known = self._known[key] = tuple({each.types: each for each in found}.values())
        return known

    def _found(self, function: ProjectFunction, parameter: Parameter) -> Iterator[Passed]:
        if parameter.annotation is not None or parameter.name == function.receiver:
            return
        for caller, call in (*self._callers.of(function), *self._callers.later(function)):
            value = passed(function, call, parameter)
            span = name_span(call.function)
            if value is None or span is None or is_test(caller.module.path):
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
                yield from (each.types for each in self.of(caller, own))
