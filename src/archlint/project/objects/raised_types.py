"""What functions raise: each class that an exception may be of where the code chooses among some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Conditional,
    Expression,
    Form,
    Literal,
    Name,
    Operation,
    Subscript,
)
from archlint.facts.forms import parts
from archlint.facts.statements import Raise
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.promises import Instance
from archlint.project.objects.values import Value, Values
from archlint.project.spans import Span, name_span

if TYPE_CHECKING:
    from archlint.project.project import Project

Type: TypeAlias = ProjectClass | External

_FAR = 3
"""Choices and names that are followed, one after the other."""


class RaisedTypes:
    """The types that functions raise; a part of `Appearances`."""

    def __init__(self, project: Project) -> None:
        self._functions = project.view(Functions)
        self._values = project.view(Values)
        self._hierarchy = project.view(ClassHierarchy)

    def of(self, function: ProjectFunction) -> Iterator[tuple[Type, Span]]:
        """What the body of a function raises, each where it is named."""
        for raised in _raised(function.module.statements(function.fact)):
            for form, of in self._told(function, raised, _FAR):
                span = name_span(_named(form)) or name_span(_named(raised))
                if span is not None:
                    yield of, span

    def _told(
        self, function: ProjectFunction, form: Expression, left: int
    ) -> Iterator[tuple[Expression, Type]]:
        of = self._type(self._values.of(function, form))
        if of is not None:
            yield form, of
        elif isinstance(form, Call) and left:
            if not isinstance(self._values.of(function, form.function), External):  # no class, and not read
                yield from self._told(function, form.function, left - 1)
        elif isinstance(form, Conditional) and left:
            yield from self._told(function, form.body, left - 1)
            yield from self._told(function, form.orelse, left - 1)
        elif isinstance(form, Operation) and form.operator in ("or", "and") and left:
            for operand in form.operands:
                yield from self._told(function, operand, left - 1)
        elif isinstance(form, Name) and left:
            for each in self._of_name(function, form.id, left):
                yield form, each
        elif isinstance(form, Subscript):
            for each in self._of_table(function, form):
                yield form, each

    def _of_name(self, function: ProjectFunction, name: str, left: int) -> Iterator[Type]:
        """What a name is given on the ways to where it is raised."""
        bound = self._functions.summary(function).bound.get(name, ())
        for each in bound if all(one.how == "assign" for one in bound) else ():
            yield from (of for _, of in self._told(function, each.value, left - 1))

    def _of_table(self, function: ProjectFunction, place: Subscript) -> Iterator[Type]:
        """`PROBLEMS[kind]`: any of those that the dict holds."""
        _, entries = self._values.entries(function, place) or (None, ())
        yield from (of for each in entries if (of := self._type(each)) is not None)

    def _type(self, found: Value) -> Type | None:
        if isinstance(found, Definition) and found.kind is Kind.VALUE:
            found = self._values.held(found)  # `NOT_FOUND = HTTPException(404)`
        if isinstance(found, Instance):
            return found.of
        # `raise NotFound` raises an object as `raise NotFound()` does.
        return found if isinstance(found, External) else self._hierarchy.of(found)


def _raised(body: Iterable[Form]) -> Iterator[Expression]:
    """What a body raises; the functions and classes inside it are not part of it."""
    for form in body:
        if isinstance(form, Raise):
            if form.value is not None:
                yield form.value
        elif not isinstance(form, (Name, Attribute, Literal, Call)):
            yield from _raised(parts(form))


def _named(form: Expression) -> Expression:
    """What names the class in `Problem(404)`, `PROBLEMS[kind](404)` or `Problem[int]`."""
    while isinstance(form, (Call, Subscript)):
        form = form.function if isinstance(form, Call) else form.value
    return form
