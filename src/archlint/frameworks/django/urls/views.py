"""What a URL pattern names as its view."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Literal, Mapping, Name, last_name
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.urls.forwarding import forwards, wrapper
from archlint.frameworks.django.urls.making import argument
from archlint.frameworks.web import Handler
from archlint.project.answer import MISSING, Answer, Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.module import Module
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

_DEPTH = 4
_CARRYING = ("django.", "rest_framework.", "functools.wraps", "drf_spectacular.", "drf_yasg.")
"""Decorators from here call the view with what they get."""

_ADAPTERS = frozenset({"method_decorator", "decorator_from_middleware"})
"""Of these, those that make a decorator of one that they are given."""


class Fault(Enum):
    """Why something is no view."""

    NONE = "none"
    MISSING = "missing"
    """The module has no such name."""

    BARE_CLASS = "class"
    """A class without `.as_view()`."""

    TEXT = "text"
    MODULE = "module"
    NO_AS_VIEW = "no as_view"
    """`.as_view()` of a class that has none."""


class ViewAnswer(msgspec.Struct, frozen=True):
    """What is known of a view."""

    handler: Handler | None = None
    fault: Fault = Fault.NONE
    at: Expression | None = None
    """The part of the expression that is at fault."""

    holder: Answer | None = None
    """The module that lacks the name."""

    given: frozenset[str] = frozenset()
    """Names of class attributes that `as_view()` is given."""

    call: Call | None = None
    """The call of `as_view()`."""


NOBODY_KNOWS = ViewAnswer()


class Views:
    """Resolves the views of patterns."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._functions = project.view(Functions)
        self._values = project.view(ClassValues)

    @classmethod
    def build(cls, project: Project) -> Views:
        """The view of a project."""
        return cls(project)

    def of(self, module: Module, scope: str, view: Expression, depth: int = _DEPTH) -> ViewAnswer:
        """What an expression in a URLconf names."""
        if isinstance(view, Literal):
            is_text = isinstance(view.value, str)
            return ViewAnswer(fault=Fault.TEXT, at=view) if is_text else NOBODY_KNOWS
        if isinstance(view, Call):
            return self._called(module, scope, view, depth)
        if not isinstance(view, (Name, Attribute)):
            return NOBODY_KNOWS
        missing = self._missing(module, scope, view)
        if missing is not None:
            return missing
        found = self._scopes.resolve(module, scope, view)
        if isinstance(found, External):
            return ViewAnswer(Handler(found.name))
        if isinstance(found, Module):
            return ViewAnswer(fault=Fault.MODULE, at=view)
        return self._defined(found, view, depth) if isinstance(found, Definition) else NOBODY_KNOWS

    def carry(self, module: Module, scope: str, decorators: tuple[Expression, ...]) -> bool:
        """Whether decorators all call what they decorate with what they get."""
        return all(self._carries(module, scope, decorator) for decorator in decorators)

    def wrapper(self, function: ProjectFunction) -> ProjectFunction | None:
        """What is called in the place of a decorated function: what the outermost decorator makes of it."""
        outermost = function.fact.decorators[0] if function.fact.decorators else None
        found = self._scopes.resolve(function.module, function.outer, outermost) if outermost else None
        if not isinstance(found, Definition) or found.kind is not Kind.FUNCTION or found.member:
            return None
        made = wrapper(ProjectFunction(found.module, found.index))
        is_named = made is not None and all(_is_wraps(each) for each in made.fact.decorators)
        return made if is_named else None

    def _defined(self, found: Definition, view: Expression, depth: int) -> ViewAnswer:
        cls = self._hierarchy.of(found)
        if cls is not None:
            return ViewAnswer(fault=Fault.BARE_CLASS, at=view) if self._is_view(cls) else NOBODY_KNOWS
        if found.member:
            return NOBODY_KNOWS
        if found.kind is Kind.FUNCTION:
            return ViewAnswer(self._function(found))
        bound = self._functions.module_summary(found.module).bound.get(found.qualname, ())
        if found.kind is Kind.VALUE and len(bound) == 1 and bound[0].how == "assign" and depth:
            inner = self.of(found.module, "", bound[0].value, depth - 1)
            return inner if inner.fault is Fault.NONE else NOBODY_KNOWS
        return NOBODY_KNOWS

    def _function(self, found: Definition) -> Handler:
        function = ProjectFunction(found.module, found.index)
        is_plain = self.carry(found.module, function.outer, function.fact.decorators)
        return Handler(found.name, function, is_plain=is_plain)

    def _called(self, module: Module, scope: str, call: Call, depth: int) -> ViewAnswer:
        function = call.function
        if isinstance(function, Attribute) and function.attr == "as_view":
            return self._as_view(module, scope, call, function)
        missing = self._missing(module, scope, function)
        if missing is not None:
            return missing
        if len(call.arguments) == 1 and not call.keywords and depth:
            inner = self.of(module, scope, call.arguments[0], depth - 1)
            if inner.handler is None or inner.fault is not Fault.NONE:
                return inner if inner.fault is Fault.MISSING else NOBODY_KNOWS
            is_plain = inner.handler.is_plain and self._carries(module, scope, function)
            return replace(inner, handler=replace(inner.handler, is_plain=is_plain))
        return NOBODY_KNOWS

    def _as_view(self, module: Module, scope: str, call: Call, function: Attribute) -> ViewAnswer:
        of = function.value
        missing = self._missing(module, scope, of)
        if missing is not None:
            return missing
        found = self._scopes.resolve(module, scope, of) if isinstance(of, (Name, Attribute)) else None
        if isinstance(found, External):
            return ViewAnswer(Handler(found.name), call=call)
        cls = self._hierarchy.of(found) if isinstance(found, Definition) else None
        if cls is None:
            is_function = isinstance(found, Definition) and found.kind is Kind.FUNCTION and not found.member
            return ViewAnswer(fault=Fault.NO_AS_VIEW, at=function) if is_function else NOBODY_KNOWS
        if not self.carry(cls.module, cls.fact.qualname.rpartition(".")[0], cls.fact.decorators):
            return NOBODY_KNOWS
        if self._hierarchy.member(cls, "as_view") is None and not self._is_made_otherwise(cls):
            return ViewAnswer(fault=Fault.NO_AS_VIEW, at=function)
        given = frozenset(keyword.name for keyword in call.keywords)
        is_plain = self._values.of(cls, "as_view") is None
        handler = Handler(cls.name, None, cls, _actions(call), is_plain)
        return ViewAnswer(handler, given=given, call=call)

    def _missing(self, module: Module, scope: str, view: Expression) -> ViewAnswer | None:
        """An attribute that a module of the project does not have."""
        if not isinstance(view, Attribute):
            return None
        inner = self._missing(module, scope, view.value)
        if inner is not None:
            return inner
        holder = self._scopes.resolve(module, scope, view.value)
        if isinstance(holder, Module) and self._scopes.resolve(module, scope, view) is MISSING:
            return ViewAnswer(fault=Fault.MISSING, at=view, holder=holder)
        return None

    def _carries(self, module: Module, scope: str, decorator: Expression) -> bool:
        """Whether a decorator calls what it decorates with what it gets."""
        given: list[Expression] = []
        while isinstance(decorator, Call):
            given += (*decorator.arguments, *(k.value for k in decorator.keywords if k.name == "decorator"))
            decorator = decorator.function
        found = self._scopes.resolve(module, scope, decorator)
        if isinstance(found, Definition) and found.kind is Kind.FUNCTION and not (found.member or given):
            return forwards(ProjectFunction(found.module, found.index))
        if not isinstance(found, External) or not found.name.startswith(_CARRYING):
            return False
        is_adapter = last_name(decorator) in _ADAPTERS
        return not is_adapter or all(self._carries(module, scope, each) for each in given)

    def _is_view(self, cls: ProjectClass) -> bool:
        """Whether a class surely is a class-based view, and no callable of another kind."""
        outside = self._values.outside(cls)
        if outside is None or self._values.of(cls, "__new__") is not None:
            return False
        if cls.fact.keywords or self._values.of(cls, "__call__") is not None:
            return False
        return any(name.startswith(("django.views.", "rest_framework.")) for name in outside)

    def _is_made_otherwise(self, cls: ProjectClass) -> bool:
        """Whether a metaclass or a decorator may give a class more than its body says."""
        order = self._hierarchy.order(cls)
        facts = [one.fact for one in order if isinstance(one, ProjectClass)]
        return len(facts) != len(order) or any(fact.keywords or fact.decorators for fact in facts)


def _actions(call: Call) -> tuple[tuple[str, str], ...] | None:
    """What a viewset's `as_view({"get": "list"})` says."""
    given = argument(call, 0, "actions")
    if not isinstance(given, Mapping):
        return None
    pairs = [
        (key.value, value.value)
        for key, value in zip(given.keys, given.values, strict=True)
        if isinstance(key, Literal) and isinstance(value, Literal)
    ]
    return tuple((str(method).lower(), str(action)) for method, action in pairs)


def _is_wraps(decorator: Expression) -> bool:
    """`@functools.wraps(view)`, which changes nothing but the name."""
    return isinstance(decorator, Call) and last_name(decorator.function) == "wraps"
