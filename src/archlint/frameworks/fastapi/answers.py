"""What a handler of FastAPI returns, beside what it has promised to answer with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import (
    Await,
    Call,
    Collection,
    Comprehension,
    Expression,
    Literal,
    Mapping,
    Name,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Evaluate, Match, Raise, Return
from archlint.frameworks.contract.models import Held, Key, held_by, keys_of
from archlint.frameworks.fastapi.entries import blocks
from archlint.frameworks.fastapi.responses import response_annotation
from archlint.frameworks.nullable.optional_fields import is_optional
from archlint.frameworks.pydantic.fields import fields_of
from archlint.frameworks.pydantic.wanted import is_model
from archlint.project.classes import ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.flow.calls.stopping import never_returns
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.values import Instance, Values, called_function
from archlint.project.tries import is_in_handler

if TYPE_CHECKING:
    from archlint.facts.statements import Statement
    from archlint.project.project import Project

_DEEPEST: Final = 4
_ROUTING: Final = frozenset({"api_route", "delete", "get", "head", "options", "patch", "post", "put"})


class Disagreement(msgspec.Struct, frozen=True):
    """A value that is refused where the answer is made."""

    handler: ProjectFunction
    function: ProjectFunction
    """Where the value is written."""

    value: Expression
    wanted: str
    given: str
    returned: Expression
    """What the handler returns: the value itself, or what leads there."""


class Answers:
    """Looks at the handlers of FastAPI whose answers are made into models."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._functions, self._values = project.view(Functions), project.view(Values)

    def __iter__(self) -> Iterator[Disagreement | None]:
        """Every value that is refused; None for a handler that gives what it has promised."""
        for module in self._project.modules:
            if "fastapi" not in module.imported or is_test(module.path):
                continue
            for function in self._functions.all_of(module):
                annotation = response_annotation(function)
                if annotation is None or not _ROUTING.issuperset(function.decorators):
                    continue
                held = held_by(self._project, module, function.outer, annotation)
                if held is not None and not is_optional(annotation):
                    found = list(self._returned(function, held))
                    yield from found or (None,)

    def _returned(self, handler: ProjectFunction, held: Held) -> Iterator[Disagreement]:
        if handler.fact.is_generator:
            return
        statements = handler.module.statements(handler.fact)
        beyond = {id(form) for form in self._beyond_matches(handler, statements)}
        for form in walked(statements):
            if isinstance(form, Return) and form.value is not None and id(form) not in beyond:
                for function, value, words in self._refused(handler, form.value, held, 0):
                    yield Disagreement(handler, function, value, _said(held), words, form.value)

    def _beyond_matches(
        self, handler: ProjectFunction, statements: tuple[Statement, ...]
    ) -> Iterator[Statement]:
        """What stands behind a `match` that each of its cases leaves: nobody may ever get there."""
        for before, after in pairwise(statements):
            if isinstance(before, Match) and all(self._is_left(handler, case.body) for case in before.cases):
                yield after
        for statement in statements:
            for block in blocks(statement):
                yield from self._beyond_matches(handler, block)

    def _is_left(self, handler: ProjectFunction, body: tuple[Statement, ...]) -> bool:
        last = body[-1]
        if not isinstance(last, Evaluate) or not isinstance(last.value, Call):
            return isinstance(last, (Raise, Return))
        callee = called_function(self._values.callee(handler, last.value))
        return callee is not None and never_returns(callee.fact)

    def _refused(
        self, function: ProjectFunction, value: Expression, held: Held, depth: int
    ) -> Iterator[tuple[ProjectFunction, Expression, str]]:
        """The values that are none of what is wanted, each with what it is in words."""
        if depth > _DEEPEST:
            return
        function, value = self._origin(function, value)
        if isinstance(value, Literal):
            if value.value is None and not is_in_handler(function.module, value.line):
                yield function, value, "None"
        elif isinstance(value, Mapping):
            yield from self._of_dict(function, value, held, depth)
        elif _is_list(value):
            yield from self._of_list(function, value, held, depth)
        else:
            words = self._of_object(function, value, held)
            if words:
                yield function, value, words

    def _of_dict(
        self, function: ProjectFunction, value: Mapping, held: Held, depth: int
    ) -> Iterator[tuple[ProjectFunction, Expression, str]]:
        if held.is_list:
            yield function, value, "a dict"
            return
        keys = keys_of(self._project, held.cls)
        given = {key.value: each for key, each in zip(value.keys, value.values, strict=True) if _is_text(key)}  # type: ignore[union-attr]
        if keys is None or len(given) != len(value.keys):
            return
        for key in keys:
            there = [given[name] for name in key.read_as if name in given]
            if key.is_required and not there:
                yield function, value, f"a dict without `{key.field.name}`"
                return
            if key.held is not None and there and not is_optional(key.field.annotation):
                yield from self._refused(function, there[0], key.held, depth + 1)

    def _of_list(
        self, function: ProjectFunction, value: Expression, held: Held, depth: int
    ) -> Iterator[tuple[ProjectFunction, Expression, str]]:
        if not held.is_list:
            yield function, value, "a list"
        elif isinstance(value, Collection):
            for item in value.items:
                yield from self._refused(function, item, Held(held.cls, is_list=False), depth + 1)

    def _of_object(self, function: ProjectFunction, value: Expression, held: Held) -> str:
        """What a model is of which another is to be made; empty where that may do."""
        found = self._values.of(function, value)
        if not isinstance(found, Instance) or not isinstance(found.of, ProjectClass):
            return ""
        cls = found.of
        if not is_model(self._project, cls):
            return ""
        if held.is_list:
            return f"one `{cls.fact.name}`"
        keys = keys_of(self._project, held.cls)
        if keys is None or keys_of(self._project, cls) is None:
            return ""
        names = {field.name for field in fields_of(self._project, cls)}
        names |= {member.name for member in cls.fact.members}
        lacking = [key for key in keys if _is_lacking(key, names)]
        return f"a `{cls.fact.name}` without `{lacking[0].field.name}`" if lacking else ""

    def _origin(self, function: ProjectFunction, value: Expression) -> tuple[ProjectFunction, Expression]:
        """What is written where a value comes from: behind a name, or a function of the project."""
        for _ in range(_DEEPEST):
            further = self._behind(function, value)
            if further is None:
                break
            function, value = further
        return function, value

    def _behind(
        self, function: ProjectFunction, value: Expression
    ) -> tuple[ProjectFunction, Expression] | None:
        if isinstance(value, Await) and isinstance(value.value, Call):
            return self._made(function, value.value, is_async=True)
        if isinstance(value, Call):
            return self._made(function, value, is_async=False)
        if not isinstance(value, Name):
            return None
        bound = self._functions.summary(function).bound.get(value.id, [])
        statements = function.module.statements(function.fact)
        said = sum(isinstance(each, Name) and each.id == value.id for each in walked(statements))
        is_only = len(bound) == 1 and bound[0].how == "assign" and said == 2
        return (function, bound[0].value) if is_only else None

    def _made(
        self, function: ProjectFunction, call: Call, *, is_async: bool
    ) -> tuple[ProjectFunction, Expression] | None:
        callee = called_function(self._values.callee(function, call))
        if callee is None or callee.fact.is_generator or callee.fact.is_async is not is_async:
            return None
        if not callee.is_handed_on or callee.fact.returns is not None:
            return None
        found = [
            form.value
            for form in walked(callee.module.statements(callee.fact))
            if isinstance(form, Return) and form.value is not None
        ]
        return (callee, found[0]) if len(found) == 1 else None


def _is_list(value: Expression) -> bool:
    if isinstance(value, Comprehension):
        return value.kind == "list"
    return isinstance(value, Collection) and value.kind == "list"


def _is_text(key: Expression | None) -> bool:
    return isinstance(key, Literal) and isinstance(key.value, str)


def _is_lacking(key: Key, names: set[str]) -> bool:
    return key.is_required and key.read_as.isdisjoint(names)


def _said(held: Held) -> str:
    return f"a list of `{held.cls.fact.name}`" if held.is_list else f"a `{held.cls.fact.name}`"
