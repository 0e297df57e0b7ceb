"""Where types appear in a module: taken, held, made, received, returned and raised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Form,
    Literal,
    Name,
    Subscript,
    last_name,
)
from archlint.facts.forms import parts
from archlint.facts.statements import Annotate
from archlint.project.answer import Definition, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.module import Module
from archlint.project.objects.raised_types import RaisedTypes, Type
from archlint.project.objects.values import Instance, Values, called_function
from archlint.project.spans import Span, name_span

if TYPE_CHECKING:
    from archlint.project.project import Project

_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


class Appearance(msgspec.Struct, frozen=True):
    """One type at one place."""

    type: Type
    how: str
    """`inherits`, `takes`, `holds`, `makes`, `gets`, `returns` or `raises`."""

    owner: str
    """The dotted name of the function or class where it appears."""

    span: Span
    source: ProjectFunction | None = None
    """The function of the project that gives it."""

    others: tuple[Type, ...] = ()
    """What else its class is known as."""

    passed_at: Span | None = None
    """Where the source passes it."""


class Appearances:
    """The types that functions and classes deal in, found when they are asked for."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._functions = project.view(Functions)
        self._values = project.view(Values)
        self._hierarchy = project.view(ClassHierarchy)
        self._raised = RaisedTypes(project)

    @classmethod
    def build(cls, project: Project) -> Appearances:
        """The view of a project."""
        return cls(project)

    def held(self, owner: ProjectClass) -> Iterator[Appearance]:
        """What a class inherits from, and what its attributes are declared to hold."""
        inside = ClassBody(owner)
        for base, ancestor in zip(owner.fact.bases, self._hierarchy.bases(owner), strict=False):
            span = name_span(base)
            if span is not None and not isinstance(ancestor, Unresolved):
                yield Appearance(ancestor, "inherits", owner.name, span)
        for form in owner.module.statements(owner.fact):
            if isinstance(form, Annotate):
                yield from self._written(inside, form.annotation, "holds", owner.name)

    def dealt_in(self, function: ProjectFunction) -> Iterator[Appearance]:
        """What a function takes, raises, makes, and gets from other modules."""
        for parameter in function.fact.parameters:
            yield from self._written(function, parameter.annotation, "takes", function.name)
        for of, span in self._raised.of(function):
            yield Appearance(of, "raises", function.name, span)
        for site in self._functions.summary(function).calls:
            yield from self._from_call(function, site.call)

    def handed_out(self, function: ProjectFunction) -> Iterator[Appearance]:
        """What a function returns or yields, as declared or else as its values tell."""
        declared = list(self._written(function, function.fact.returns, "returns", function.name))
        yield from declared
        if declared:
            return
        summary = self._functions.summary(function)
        for value in (*summary.returns, *summary.yields):
            yield from self._value(function, value, "returns")

    def _written(
        self, function: ProjectFunction | ClassBody, annotation: Expression | None, how: str, owner: str
    ) -> Iterator[Appearance]:
        for form in self._names_in(function, annotation):
            value = self._values.at_least(function.module, function.outer, form)
            span = name_span(form)
            if isinstance(value, Instance) and span is not None:
                yield Appearance(value.of, how, owner, span)

    def _names_in(self, place: ProjectFunction | ClassBody, annotation: Form | None) -> Iterator[Expression]:
        """The names of types in an annotation, those in quotes too."""
        if isinstance(annotation, (Name, Attribute)):
            yield annotation
        elif isinstance(annotation, Literal):
            yield from _quoted(annotation)
        elif isinstance(annotation, Subscript):
            yield annotation.value
            if self._holds(place, annotation.value):
                yield from self._names_in(place, _first(annotation) or annotation.index)
        elif annotation is not None:
            for part in parts(annotation):
                yield from self._names_in(place, part)

    def _holds(self, place: ProjectFunction | ClassBody, generic: Expression) -> bool:
        """Whether what stands in brackets is inside: in `list[Order]`, not in our own `Repository[Order]`."""
        if last_name(generic) in ("Literal", "Callable", "type", "Type"):
            return False
        value = self._values.promised(place.module, place.outer, generic)
        return not (isinstance(value, Instance) and isinstance(value.of, ProjectClass))

    def _from_call(self, function: ProjectFunction, call: Call) -> Iterator[Appearance]:
        callee = self._values.callee(function, call)
        span = name_span(call.function)
        if span is None:
            return
        called = called_function(callee)
        if called is None:
            value = self._values.of(function, call)
            if isinstance(value, Instance):
                yield Appearance(value.of, "makes", function.name, span)
        elif called.module is not function.module:
            given = {each.type for each in self.handed_out(called)}
            for each in sorted(given, key=lambda found: found.name):
                yield Appearance(each, "gets", function.name, span, called)

    def _value(self, function: ProjectFunction, value: Expression, how: str) -> Iterator[Appearance]:
        found = self._values.of(function, value)
        if isinstance(found, Definition) and found.kind is Kind.VALUE:
            found = self._values.held(found)  # `NOT_FOUND = problem(404)`
        named = value.value if isinstance(value, Subscript) else value
        span = name_span(value.function if isinstance(value, Call) else named)
        if isinstance(found, Instance) and span is not None:
            yield Appearance(found.of, how, function.name, span)


class ClassBody(msgspec.Struct, frozen=True):
    """The body of a class, seen as the place an annotation stands in."""

    owner: ProjectClass

    @property
    def module(self) -> Module:
        """The module of the class."""
        return self.owner.module

    @property
    def outer(self) -> str:
        """The scope of its body."""
        return self.owner.fact.qualname


def _first(annotation: Subscript) -> Expression | None:
    """The type in `Annotated[Order, …]`, which is followed by notes; None for any other."""
    index = annotation.index
    is_noted = last_name(annotation.value) == "Annotated" and isinstance(index, Collection) and index.items
    return index.items[0] if is_noted and isinstance(index, Collection) else None


def _quoted(annotation: Literal) -> Iterator[Expression]:
    """The names in an annotation in quotes, as they would be without them."""
    text = annotation.value
    if not isinstance(text, str) or "Literal" in text:
        return
    for found in _DOTTED.finditer(text):
        first, *rest = found[0].split(".")
        at = annotation.column + 1 + len(text[: found.start()].encode())
        form: Expression = Name(first, annotation.line, at)
        for name in rest:
            at += len(name.encode()) + 1
            form = Attribute(form, name, annotation.line, at + len(first.encode()))
        yield form
