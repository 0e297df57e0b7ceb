"""Objects that a class takes when it is made, and those that nobody gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Form, Name, Subscript, last_name, says
from archlint.facts.forms import walked
from archlint.facts.statements import Annotate, Assign
from archlint.project.answer import Definition
from archlint.project.call_arguments import call_arguments, spreads_mapping, spreads_sequence
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.constructors import Constructor, Constructors
from archlint.project.objects.wiring import Wiring, Written
from archlint.project.scopes import Scopes
from archlint.project.words import Words

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.module import Module
    from archlint.project.project import Project

_KEYS = frozenset({"AppKey", "RequestKey", "ResponseKey"})
_SET = re.compile(r"(?<!\bself)\.(\w+)(?=\s*(?::[^=\n]*)?=(?!=))")
_DOUBTING = ("AttributeError", "Exception", "hasattr", "suppress")


class Unset(msgspec.Struct, frozen=True):
    """A collaborator that is None in every object that the project makes."""

    cls: ProjectClass
    parameter: Parameter
    attribute: str
    made: Written
    """The first place where an object is made."""

    reads: tuple[tuple[ProjectFunction, Attribute], ...]
    """Where methods ask it for something, `self.favorites.count`, or call it."""


class Collaborators:
    """Looks at the constructors of a project, and at who calls them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._functions, self._wiring = project.view(Functions), project.view(Wiring)
        self._hierarchy, self._scopes = project.view(ClassHierarchy), project.view(Scopes)

    def unset(self) -> Iterator[Unset | None]:
        """Those that are None wherever they are asked; None for those that somebody gives, or may give."""
        for module in self._project.modules:
            if is_test(module.path):
                continue
            for index in range(len(module.classes)):
                cls = ProjectClass(module, index)
                if not self._hierarchy.below(cls):
                    yield from self._of(cls)

    def _of(self, cls: ProjectClass) -> Iterator[Unset | None]:
        made_by = self._constructor(cls)
        for parameter in made_by.parameters if made_by is not None else ():
            default = parameter.default
            if default is not None and not says(default, None):
                continue
            method = made_by.method if made_by is not None else None
            attribute = parameter.name if method is None else self._kept_as(method, parameter.name)
            reads = tuple(self._reads(cls, attribute)) if attribute else ()
            if not reads:
                continue
            made = self._made(cls, made_by.parameters if made_by is not None else (), parameter)
            if made is not None and not self._is_doubted(cls, attribute, set_in_body=method is None):
                yield Unset(cls, parameter, attribute, made, reads)
            elif default is not None:
                yield None

    def _constructor(self, cls: ProjectClass) -> Constructor | None:
        """What the class takes, and the method that says so: its own, or one of a class above."""
        found = self._hierarchy.member(cls, "__init__")
        if not isinstance(found, tuple):
            fields = self._project.view(Constructors).of(cls)
            return fields if fields is not None and fields.method is None else None
        owner, binding = found
        own = [each for each in owner.fact.members if each.name == "__init__"]
        if len(own) != 1 or binding.kind is not Kind.FUNCTION:
            return None
        method = ProjectFunction(owner.module, binding.index)
        return Constructor(method.left_to_callers, method)

    def _family(self, cls: ProjectClass) -> Iterator[ProjectClass]:
        return (each for each in self._hierarchy.order(cls) if isinstance(each, ProjectClass))

    def _kept_as(self, constructor: ProjectFunction, name: str) -> str:
        """The attribute that a parameter is kept as, and nothing else; empty where it is more than kept."""
        stored = self._functions.summary(constructor).stored
        kept = [t.attr for t, bound in stored if isinstance(bound.value, Name) and bound.value.id == name]
        is_only = len(kept) == 1 and len([t for t, _ in stored if t.attr == kept[0]]) == 1
        rebound = name in self._functions.summary(constructor).bound
        return kept[0] if is_only and not rebound else ""

    def _reads(self, cls: ProjectClass, attribute: str) -> Iterator[tuple[ProjectFunction, Attribute]]:
        methods = (
            ProjectFunction(each.module, member.index)
            for each in self._family(cls)
            for member in each.fact.members
            if member.kind is Kind.FUNCTION
        )
        for method in methods:
            if method.module.mentions(method.fact, *_DOUBTING):
                continue
            summary = self._functions.summary(method)
            called = [site.call.function for site in summary.calls]
            for form in (*called, *(read.attribute for read in summary.reads)):
                if isinstance(form, Attribute) and _is_own(form.value, method.receiver, attribute):
                    yield method, form
            for form in called:
                if isinstance(form, Attribute) and _is_own(form, method.receiver, attribute):
                    yield method, form

    def _is_doubted(self, cls: ProjectClass, attribute: str, *, set_in_body: bool) -> bool:
        """Whether the class asks if it is there or hands it on, or anybody sets it from outside."""
        lines = [line for each in self._family(cls) for line in self._lines(each)]
        own = re.compile(rf"\bself\.{attribute}\b(?!\s*[.(])")
        if sum(len(own.findall(line)) for line in lines) != (0 if set_in_body else 1):
            return True
        return self._sets_by_name or attribute in self._set_outside

    @cached_property
    def _sets_by_name(self) -> bool:
        return any("setattr(" in self._project.code(module.path) for module in self._project.modules)

    @cached_property
    def _set_outside(self) -> frozenset[str]:
        """The attributes that anybody sets on something other than `self`."""
        codes = (self._project.code(module.path) for module in self._project.modules)
        return frozenset(name for code in codes for name in _SET.findall(code))

    def _lines(self, cls: ProjectClass) -> list[str]:
        return self._project.code(cls.module.path).splitlines()[cls.fact.line - 1 : cls.fact.end_line]

    def _made(
        self, cls: ProjectClass, parameters: tuple[Parameter, ...], parameter: Parameter
    ) -> Written | None:
        """The first place where an object is made, if nobody passes the parameter, and none is hidden."""
        calls = [one for one in self._wiring.calls(cls.fact.name) if self._is_of(one, cls)]
        for one in calls:
            call = one.value
            assert isinstance(call, Call)
            is_open = spreads_sequence(call) or spreads_mapping(call)
            given = call_arguments(parameters, call).by_parameter.get(parameter.name, parameter.default)
            if is_open or not says(given, None):
                return None
        return calls[0] if calls and len(calls) == self._mentions(cls) else None

    def _is_of(self, written: Written, cls: ProjectClass) -> bool:
        scope = written.function.scope if written.function is not None else ""
        call = written.value
        assert isinstance(call, Call)
        found = self._scopes.resolve(written.module, scope, call.function)
        is_class = isinstance(found, Definition) and found.kind is Kind.CLASS and not found.member
        return is_class and isinstance(found, Definition) and ProjectClass(found.module, found.index) == cls

    def _mentions(self, cls: ProjectClass) -> int:
        """How often the name of a class stands for more than a type, outside of tests."""
        name = cls.fact.name
        saying = self._project.view(Words).modules(name)
        return sum(_mentions(module, name) for module in saying if not is_test(module.path))


def _mentions(module: Module, name: str) -> int:
    functions = module.functions
    speaking = [each for each in functions if module.mentions(each, name)]
    bodies = (module.body, *map(module.statements, module.classes), *map(module.statements, speaking))
    defaults = (one.default for function in functions for one in function.parameters)
    decorators = [each for one in functions for each in one.decorators]
    decorators += [each for one in module.classes for each in one.decorators]
    written = [form for body in bodies for form in walked(body)]
    written += walked([form for form in (*defaults, *decorators) if form is not None])
    annotated = [form.annotation for form in written if isinstance(form, Annotate)]
    aliases = [form.value for form in module.body if isinstance(form, Assign) and _is_annotated(form.value)]
    types = [one.annotation for function in functions for one in function.parameters if one.annotation]
    inside = [
        each
        for form in walked([*annotated, *aliases, *types])
        if isinstance(form, Call)
        for each in walked([form])
    ]
    keys = [form.arguments[1:] for form in written if isinstance(form, Call) and _is_key(form)]
    typed = [*annotated, *aliases, *(each for key in keys for each in key)]
    return _count(written, name) - _count(walked(typed), name) + _count(inside, name)


def _is_annotated(form: Expression) -> bool:
    """`OrdersDep = Annotated[OrderService, Depends(order_service)]`, a name for a type."""
    return isinstance(form, Subscript) and last_name(form.value) == "Annotated"


def _is_key(call: Call) -> bool:
    """aiohttp's `web.AppKey("orders", OrderService)`, which only says of what kind a value is."""
    return last_name(call.function) in _KEYS


def _count(forms: Iterable[Form], name: str) -> int:
    return sum(isinstance(form, (Name, Attribute)) and last_name(form) == name for form in forms)


def _is_own(form: object, receiver: str, attribute: str) -> bool:
    """`self.favorites`."""
    if not isinstance(form, Attribute) or form.attr != attribute:
        return False
    return isinstance(form.value, Name) and form.value.id == receiver != ""
