"""The actions that an admin class offers, as Django's system checks look at them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Collection, Expression, Literal, Name
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.admin.registered import Admin
from archlint.project.answer import Definition, External
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

_ACTION = frozenset({"django.contrib.admin.action", "django.contrib.admin.decorators.action"})
_OF_DJANGO = frozenset({"view", "add", "change", "delete", "module"})
"""What every admin class is asked permission for."""


class Action(msgspec.Struct, frozen=True):
    """One action: its function, and the expression that names it."""

    function: ProjectFunction
    written: Expression


class AdminActions:
    """Looks at the `actions` of admin classes."""

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._values = project.view(ClassValues)

    def wrong(self, admin: Admin) -> Iterator[tuple[ClassValue, Expression | None, str, str] | None]:
        """What is wrong with each; None for nothing."""
        option = self._values.of(admin.cls, "actions")
        if option is None or not isinstance(option.value, Collection) or admin.is_inline:
            return
        met: set[str] = set()
        for action in self._actions(admin, option, option.value):
            name = action.function.fact.name
            missing = self._unanswered(admin, action.function)
            if name in met:
                yield option, action.written, f"the action `{name}` is there twice", "leave one of them out"
            elif missing:
                wrong = f"the action `{name}` asks for `{missing}()`, which the class has not"
                yield option, action.written, wrong, f"write the method `{missing}(self, request)`"
            else:
                yield None
            met.add(name)

    def _actions(self, admin: Admin, option: ClassValue, listed: Collection) -> Iterator[Action]:
        """Those whose function is seen, and goes by its own name."""
        for item in listed.items:
            function = self._function(admin, option, item)
            if function is not None and len(self._decorators(function)) == len(function.fact.decorators):
                yield Action(function, item)

    def _function(self, admin: Admin, option: ClassValue, item: Expression) -> ProjectFunction | None:
        if isinstance(item, Literal):
            held = self._values.of(admin.cls, str(item.value))
            return held.function if held is not None else None
        if not isinstance(item, (Name, Attribute)):
            return None
        found = self._scopes.resolve(option.holder.module, option.holder.fact.qualname, item)
        if isinstance(found, Definition) and found.kind is Kind.FUNCTION and not found.member:
            return ProjectFunction(found.module, found.index)
        return None

    def _decorators(self, function: ProjectFunction) -> list[Expression]:
        """Those that are Django's `action`, which leaves the name as it is."""
        return [each for each in function.fact.decorators if self._is_action(function, each)]

    def _is_action(self, function: ProjectFunction, decorator: Expression) -> bool:
        made = decorator.function if isinstance(decorator, Call) else decorator
        found = self._scopes.resolve(function.module, function.outer, made)
        return isinstance(found, External) and found.name in _ACTION

    def _unanswered(self, admin: Admin, function: ProjectFunction) -> str:
        """The method that an action wants to be asked for permission, and that is not there; or nothing."""
        if not admin.is_closed:
            return ""
        for permission in self._permissions(function):
            method = f"has_{permission}_permission"
            if permission not in _OF_DJANGO and self._values.of(admin.cls, method) is None:
                return method
        return ""

    def _permissions(self, function: ProjectFunction) -> Iterator[str]:
        calls = (each for each in self._decorators(function) if isinstance(each, Call))
        for keyword in (keyword for call in calls for keyword in call.keywords):
            if keyword.name == "permissions" and isinstance(keyword.value, Collection):
                yield from (str(one.value) for one in keyword.value.items if isinstance(one, Literal))
