"""Every way in which code lets a function of the project run, where the source tells which.

It is called, by another name too, as a `partial`, or as an object with `__call__`; an object is made,
which runs `__init__`; a property is read; a decorator wraps something; a function is handed to what will
call it, as to a thread, to `sorted` or to `Depends`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.facts.forms import passed_values, walked
from archlint.project.answer import Definition
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.objects.called import called_function
from archlint.project.objects.promises import Instance
from archlint.project.objects.values import Value, Values
from archlint.project.scopes import Scopes, nested
from archlint.project.spans import Span, name_span

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_MAKING = ("__init__", "__post_init__")
_PROPERTIES = frozenset({"property", "cached_property"})

Resolve: TypeAlias = Callable[[Expression], Value]
"""What an expression stands for where it is written."""


class Invocation(msgspec.Struct, frozen=True):
    """A place, and a function of the project that runs because of it."""

    span: Span
    function: ProjectFunction
    how: str
    """In words: `calls`, `reads`, `is wrapped by`, `hands out` or `hands on`."""


class Invocations:
    """What each function and module lets run, found when it is asked for."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._functions = project.view(Functions)
        self._values = project.view(Values)
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._found = Memo(project.reads, self._of)
        self._tops = Memo(project.reads, self._at_top)

    @classmethod
    def build(cls, project: Project) -> Invocations:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction) -> tuple[Invocation, ...]:
        """What a function lets run by its body, its decorators and its signature; each place once."""
        return self._found(function)

    def at_top(self, module: Module) -> tuple[Invocation, ...]:
        """What a module lets run when it is imported, outside its functions."""
        return self._tops(module)

    def _of(self, function: ProjectFunction) -> tuple[Invocation, ...]:
        return tuple(dict.fromkeys((*self._in_body(function), *self._in_signature(function))))

    def _at_top(self, module: Module) -> tuple[Invocation, ...]:
        found = [*self._in_summary(self._functions.module_summary(module), self._seen_from(module, ""))]
        for cls in module.classes:
            resolve = self._seen_from(module, cls.qualname)
            found += self._in_summary(self._functions.class_summary(module, cls), resolve)
            around = self._seen_from(module, cls.qualname.rpartition(".")[0])
            for decorator in cls.decorators:
                found += self._wrapped(decorator, around)
        return tuple(dict.fromkeys(found))

    def _in_body(self, function: ProjectFunction) -> Iterator[Invocation]:
        summary = self._functions.summary(function)

        def resolve(expression: Expression) -> Value:
            return self._meant(self._values.of(function, expression))

        yield from self._in_summary(summary, resolve)
        for read in summary.reads:
            property_ = self._property(resolve, read.attribute)
            span = name_span(read.attribute)
            if property_ is not None and span is not None:
                yield Invocation(span, property_, "reads")
        for returned in summary.returns:
            inner = self._inner(function, returned)
            span = name_span(returned)
            if inner is not None and span is not None:
                yield Invocation(span, inner, "hands out")

    def _in_signature(self, function: ProjectFunction) -> Iterator[Invocation]:
        resolve = self._seen_from(function.module, function.outer)
        for decorator in function.fact.decorators:
            yield from self._wrapped(decorator, resolve)
        for parameter in function.fact.parameters:
            for written in filter(None, (parameter.default, parameter.annotation)):
                for call in _calls(written):
                    yield from self._handed_on(call, resolve)
            if function.fact.decorators and parameter.annotation is not None:
                yield from self._by_alias(function, parameter.annotation)

    def _by_alias(self, function: ProjectFunction, annotation: Expression) -> Iterator[Invocation]:
        """What an annotation written elsewhere asks for: `Paid = Annotated[list, Depends(paid)]`."""
        span = name_span(annotation)
        alias = self._scopes.resolve(function.module, function.outer, annotation)
        if span is None or not isinstance(alias, Definition) or alias.kind is not Kind.VALUE or alias.member:
            return
        bound = self._functions.module_summary(alias.module).bound.get(alias.qualname, ())
        resolve = self._seen_from(alias.module, "")
        for call in _calls(bound[0].value) if len(bound) == 1 else ():
            yield from (Invocation(span, each.function, each.how) for each in self._handed_on(call, resolve))

    def _in_summary(self, summary: Summary, resolve: Resolve) -> Iterator[Invocation]:
        for site in summary.calls:
            yield from self._called(site.call, resolve)
            yield from self._handed_on(site.call, resolve)

    def _called(self, call: Call, resolve: Resolve) -> Iterator[Invocation]:
        span = name_span(call.function)
        if span is None:
            return
        value = resolve(call.function)
        called = called_function(self._values.on_call(value))
        if called is not None:
            yield Invocation(span, called, "calls")
        elif isinstance(value, Definition) and value.kind is Kind.CLASS:
            makers = (self._method(ProjectClass(value.module, value.index), name) for name in _MAKING)
            yield from (Invocation(span, maker, "calls") for maker in makers if maker is not None)

    def _handed_on(self, call: Call, resolve: Resolve) -> Iterator[Invocation]:
        for passed in passed_values(call):
            span = name_span(passed)
            handed = called_function(resolve(passed)) if span is not None else None
            if span is not None and handed is not None:
                yield Invocation(span, handed, "hands on")

    def _wrapped(self, decorator: Expression, resolve: Resolve) -> Iterator[Invocation]:
        form = decorator.function if isinstance(decorator, Call) else decorator
        span = name_span(form)
        wrapper = called_function(self._values.on_call(resolve(form)))
        if span is not None and wrapper is not None:
            yield Invocation(span, wrapper, "is wrapped by")
        for call in _calls(decorator):
            yield from self._handed_on(call, resolve)

    def _seen_from(self, module: Module, scope: str) -> Resolve:
        return lambda expression: self._meant(self._scopes.resolve(module, scope, expression))

    def _meant(self, value: Value) -> Value:
        """What a module calls by another name: a function, a method of what it has made."""
        if isinstance(value, Definition) and value.kind is Kind.VALUE:
            return self._values.held(value)
        return value

    def _property(self, resolve: Resolve, read: Attribute) -> ProjectFunction | None:
        receiver = resolve(read.value)
        if not isinstance(receiver, Instance) or not isinstance(receiver.of, ProjectClass):
            return None
        found = self._method(receiver.of, read.attr)
        return found if found is not None and _PROPERTIES.intersection(found.decorators) else None

    def _method(self, cls: ProjectClass, name: str) -> ProjectFunction | None:
        found = self._hierarchy.member(cls, name)
        if not isinstance(found, tuple) or found[1].kind is not Kind.FUNCTION:
            return None
        return ProjectFunction(found[0].module, found[1].index)

    def _inner(self, function: ProjectFunction, returned: Expression) -> ProjectFunction | None:
        if not isinstance(returned, Name):
            return None
        found = nested(function.module, f"{function.scope}.{returned.id}")
        return called_function(found) if found is not None else None


def _calls(form: Form) -> Iterator[Call]:
    return (each for each in walked([form]) if isinstance(each, Call))
