"""`functools.singledispatch`: which of several functions a call runs, by the class of its first argument."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import Arguments, Closure, Object, Value
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow

_GENERIC = frozenset({"singledispatch", "singledispatchmethod"})
_REGISTER = "register"


class _Registered(NamedTuple):
    """A function that stands in for a generic one."""

    function: ProjectFunction
    generic: Expression
    """What it is registered with, as its decorator says."""

    cls: Expression | None
    """The class that the decorator is given; None where the annotation of the first parameter says it."""


class Dispatch:
    """Knows what is registered with the generic functions of a project."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._registered: list[_Registered] | None = None
        self._tables: dict[ProjectFunction, dict[ProjectClass, ProjectFunction]] = {}

    def chosen(self, closure: Closure, arguments: Arguments) -> Closure:
        """The function that is really run."""
        generic = closure.function
        if not generic.fact.decorators or _GENERIC.isdisjoint(generic.decorators):
            return closure
        first = arguments.positional[0] if arguments.positional else UNKNOWN
        cls = _class_of(self._flow, first)
        if cls is None:
            return closure
        table = self._table(generic)
        for ancestor in self._flow.project.view(ClassHierarchy).order(cls) if table else ():
            found = table.get(ancestor) if isinstance(ancestor, ProjectClass) else None
            if found is not None:
                return Closure(found, closure.receiver)
        return closure

    def _table(self, generic: ProjectFunction) -> dict[ProjectClass, ProjectFunction]:
        """The functions that are registered, by their classes."""
        table = self._tables.get(generic)
        if table is None:
            table = self._tables[generic] = {}
            for each in self._all():
                cls = self._class(each, generic) if self._is_of(each, generic) else None
                if cls is not None:
                    table[cls] = each.function
        return table

    def _all(self) -> list[_Registered]:
        if self._registered is None:
            self._registered = [
                found
                for module in self._flow.project.modules
                for index, fact in enumerate(module.functions)
                for decorator in fact.decorators
                if (found := _registered(ProjectFunction(module, index), decorator)) is not None
            ]
        return self._registered

    def _is_of(self, each: _Registered, generic: ProjectFunction) -> bool:
        if generic.fact.owner >= 0:
            is_beside = (
                each.function.module is generic.module and each.function.fact.owner == generic.fact.owner
            )
            return is_beside and isinstance(each.generic, Name) and each.generic.id == generic.fact.name
        site = self._flow.site(each.function.module)
        found = site.of(each.generic)
        return isinstance(found, Closure) and found.function == generic

    def _class(self, each: _Registered, generic: ProjectFunction) -> ProjectClass | None:
        site = self._flow.site(each.function.module)
        if each.cls is not None:
            return _class_of(self._flow, self._flow.instance_of(site.of(each.cls), site))
        parameters = each.function.fact.parameters[1 if generic.fact.owner >= 0 else 0 :]
        annotation = parameters[0].annotation if parameters else None
        return None if annotation is None else _class_of(self._flow, self._flow.promises.of(site, annotation))


def _registered(function: ProjectFunction, decorator: Expression) -> _Registered | None:
    cls = None
    if isinstance(decorator, Call):
        cls, decorator = next(iter(decorator.arguments), None), decorator.function
    if not isinstance(decorator, Attribute) or decorator.attr != _REGISTER:
        return None
    return _Registered(function, decorator.value, cls)


def _class_of(flow: Flow, value: Value) -> ProjectClass | None:
    """The class of the project that a value is an object of."""
    if isinstance(value, Object):
        return value.of if isinstance(value.of, ProjectClass) else None
    found = next(iter(value.types(flow.project)), None) if isinstance(value, Behaviour) else None
    return found if isinstance(found, ProjectClass) else None
