"""The names that a class lists in an option: `fields = Parent.Meta.fields + ("price",)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Collection,
    Expression,
    Literal,
    Name,
    Operation,
    Starred,
    dotted,
)
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.project.answer import Definition
from archlint.project.classes import ClassHierarchy
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_DEPTH = 6


class ListedName(msgspec.Struct, frozen=True):
    """One name, where it is written."""

    name: str
    form: Literal
    module: Module


class ListedNames(msgspec.Struct, frozen=True):
    """What an option lists."""

    names: tuple[ListedName, ...] = ()
    is_open: bool = False
    """There may be more."""

    text: str = ""
    """What is given instead of a list: `__all__`."""

    kind: str = ""
    """`list`, `tuple` or `set` where one is written."""

    def __contains__(self, name: object) -> bool:
        return any(one.name == name for one in self.names)


_OPEN = ListedNames(is_open=True)


class Listed:
    """Reads such options."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._functions = project.view(Functions)
        self._values = project.view(ClassValues)

    @classmethod
    def build(cls, project: Project) -> Listed:
        """The view of a project."""
        return cls(project)

    def of(self, option: ClassValue | None) -> ListedNames:
        """The names in an option of a class."""
        if option is None or option.value is None:
            return _OPEN
        return self.written(option.holder.module, _scope(option), option.value)

    def written(self, module: Module, scope: str, value: Expression, depth: int = _DEPTH) -> ListedNames:
        """The names in an expression."""
        if not depth:
            return _OPEN
        if isinstance(value, Literal):
            if isinstance(value.value, str):
                return ListedNames(text=value.value, is_open=False)
            return _OPEN
        if isinstance(value, Collection):
            return self._collection(module, scope, value, depth)
        if isinstance(value, Operation) and value.operator == "+":
            parts = [self.written(module, scope, operand, depth - 1) for operand in value.operands]
            return _joined(parts, "")
        if isinstance(value, (Name, Attribute)):
            return self._named(module, scope, value, depth)
        return _OPEN

    def _collection(self, module: Module, scope: str, value: Collection, depth: int) -> ListedNames:
        parts = []
        for item in value.items:
            if isinstance(item, Literal) and isinstance(item.value, str):
                parts.append(ListedNames((ListedName(item.value, item, module),)))
            elif isinstance(item, Starred):
                parts.append(self.written(module, scope, item.value, depth - 1))
            else:
                parts.append(_OPEN)
        return _joined(parts, value.kind)

    def _named(self, module: Module, scope: str, value: Name | Attribute, depth: int) -> ListedNames:
        if isinstance(value, Attribute):
            owner = self._hierarchy.of(self._scopes.resolve(module, scope, value.value))
            if owner is not None:
                found = self._values.of(owner, value.attr)
                if found is None or found.value is None:
                    return _OPEN
                return self.written(found.holder.module, found.holder.fact.qualname, found.value, depth - 1)
        answer = self._scopes.resolve(module, scope, value)
        if not isinstance(answer, Definition) or answer.kind is not Kind.VALUE or answer.member:
            return _OPEN
        bound = self._functions.module_summary(answer.module).bound.get(answer.qualname, ())
        if len(bound) != 1 or bound[0].how != "assign":
            return _OPEN
        return self.written(answer.module, "", bound[0].value, depth - 1)


def _scope(option: ClassValue) -> str:
    """Where the names in an option are looked up: its own one, `fields = fields.SHORT`, is not bound yet."""
    scope = option.holder.fact.qualname
    is_own = option.value is not None and dotted(option.value).partition(".")[0] == option.binding.name
    function, call, _ = scope.rpartition("()")
    return function + call if is_own else scope


def _joined(parts: list[ListedNames], kind: str) -> ListedNames:
    names = tuple(name for part in parts for name in part.names)
    return ListedNames(names, any(part.is_open or part.text for part in parts), "", kind)
