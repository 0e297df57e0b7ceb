"""What a value in a class body makes: a field, a manager, nothing of the sort, or nobody can tell.

Followed are field classes of the project and of the usual packages, functions that return a field,
`functools.partial`, other names for all of these, and the ways to make a manager.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Keyword, Lambda, Name
from archlint.frameworks.django.field_kinds import known_kind
from archlint.frameworks.django.spelling import MODELS, canonical
from archlint.project.answer import Answer, Definition, External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.module import Module
from archlint.project.scopes import Scopes
from archlint.project.values import called_function

if TYPE_CHECKING:
    from archlint.project.project import Project

MANAGER = f"{MODELS}.Manager"
QUERYSET = f"{MODELS}.QuerySet"
_MANAGERS = frozenset({MANAGER, "django.contrib.auth.models.BaseUserManager"})
_MANAGER_NAMES = ("Manager", "ManagerDescriptor")
_TRUSTED = frozenset({"django", "rest_framework", *sys.stdlib_module_names})
"""Packages of which every field class is known."""


class Neither(Enum):
    """What is neither a field nor a manager."""

    NOTHING = "nothing"
    """It is surely no part of the model."""

    UNKNOWN = "unknown"
    """It may be a field."""

    SEVERAL = "several"
    """It adds more to the model than one field: a class of its own `contribute_to_class`."""


@dataclass(frozen=True, slots=True)
class MadeField:
    """A field: its kind, the class of the project that it is of, and what its call is given."""

    kind: str
    cls: ProjectClass | None
    arguments: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]


@dataclass(frozen=True, slots=True)
class MadeManager:
    """A manager. The classes are None where the project does not define them."""

    cls: ProjectClass | None
    queryset: ProjectClass | None
    is_known: bool


Made: TypeAlias = MadeField | MadeManager | Neither


class Makers:
    """Tells what values in class bodies make."""

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._functions = project.view(Functions)

    @classmethod
    def build(cls, project: Project) -> Makers:
        """The view of a project."""
        return cls(project)

    def made(self, module: Module, scope: str, value: Expression, depth: int = 3) -> Made:
        """What a value makes, seen from the scope it stands in."""
        if not isinstance(value, Call):
            return Neither.NOTHING
        function = value.function
        if isinstance(function, Call) and _asks(function, "from_queryset"):
            return self._from_queryset(module, scope, function)
        if isinstance(function, Call):
            return Neither.UNKNOWN
        return self._result(self._scopes.resolve(module, scope, function), value, depth)

    def field_class(self, of: ProjectClass) -> str | None:
        """The kind of a class of the project; None where it is no field."""
        for ancestor in self._hierarchy.order(of):
            kind = None if isinstance(ancestor, Unresolved) else known_kind(ancestor.name)
            if kind is not None:
                return kind
        return None

    def _result(self, callee: Answer, call: Call, depth: int) -> Made:
        if isinstance(callee, External):
            return _external(callee.name, call)
        if isinstance(callee, Unresolved) or not isinstance(callee, Definition):
            return Neither.UNKNOWN
        if callee.member in ("as_manager", "from_queryset"):
            return self._manager_of(callee)
        owner = self._hierarchy.of(callee)
        if owner is not None:
            return self._instance(owner, call)
        if callee.kind is Kind.VALUE and not callee.member:
            return self._alias(callee, call, depth)
        return self._returned(callee, depth)

    def _instance(self, owner: ProjectClass, call: Call) -> Made:
        kind = self.field_class(owner)
        if kind is not None:
            return MadeField(kind, owner, call.arguments, call.keywords)
        order = self._hierarchy.order(owner)
        if any(_is_manager(a.name) for a in order if not isinstance(a, Unresolved)) or self._built(order):
            return self.manager(owner)
        if any(isinstance(ancestor, Unresolved) for ancestor in order):
            return Neither.UNKNOWN
        if self._hierarchy.member(owner, "contribute_to_class") is not None:
            trusted = all(isinstance(a, ProjectClass) or _is_trusted(a.name) for a in _known(order))
            return Neither.SEVERAL if trusted else Neither.UNKNOWN
        return Neither.NOTHING

    def _built(self, order: tuple[object, ...]) -> bool:
        return any(
            isinstance(ancestor, ProjectClass)
            and any(isinstance(base, Call) and _asks(base, "from_queryset") for base in ancestor.fact.bases)
            for ancestor in order
        )

    def manager(self, owner: ProjectClass) -> MadeManager:
        """A manager of a class of the project."""
        queryset, is_known = self._queryset_of(owner)
        return MadeManager(owner, queryset, is_known)

    def _queryset_of(self, owner: ProjectClass) -> tuple[ProjectClass | None, bool]:
        """The class of the query sets that a manager's class makes, and whether all can be seen."""
        is_known = True
        for ancestor in self._hierarchy.order(owner):
            if isinstance(ancestor, ProjectClass):
                for base in ancestor.fact.bases:
                    if isinstance(base, Call) and _asks(base, "from_queryset"):
                        scope = ancestor.fact.qualname.rpartition(".")[0]
                        made = self._from_queryset(ancestor.module, scope, base)
                        return made.queryset, made.is_known and is_known
                found = self._from_method(ancestor)
                if found is not None:
                    return found, is_known
            elif isinstance(ancestor, Unresolved) or not _is_trusted(ancestor.name):
                is_known = False
        return None, is_known

    def _from_method(self, owner: ProjectClass) -> ProjectClass | None:
        """The class that `get_queryset` of a manager makes its query sets of."""
        for member in owner.fact.members:
            if member.name != "get_queryset" or member.kind is not Kind.FUNCTION:
                continue
            fact = owner.module.functions[member.index]
            for returned in self._functions_returns(owner.module, member.index):
                answer = self._scopes.resolve(owner.module, f"{fact.qualname}()", _innermost(returned))
                found = self._hierarchy.of(answer)
                if found is not None and self.is_queryset(found):
                    return found
        return None

    def is_queryset(self, of: ProjectClass) -> bool:
        """Whether a class of the project makes query sets."""
        return any(canonical(a.name) == QUERYSET for a in _known(self._hierarchy.order(of)))

    def _functions_returns(self, module: Module, index: int) -> list[Expression]:
        return self._functions.summary(ProjectFunction(module, index)).returns

    def _from_queryset(self, module: Module, scope: str, call: Call) -> MadeManager:
        """What `Manager.from_queryset(QuerySet)` makes."""
        made = [self._hierarchy.of(self._scopes.resolve(module, scope, a)) for a in call.arguments[:1]]
        base = call.function.value if isinstance(call.function, Attribute) else call.function
        answer = self._scopes.resolve(module, scope, base)
        manager = self._hierarchy.of(answer)
        is_known = manager is not None or (isinstance(answer, External) and _is_trusted(answer.name))
        queryset = made[0] if made else None
        return MadeManager(manager, queryset, is_known and queryset is not None)

    def _manager_of(self, callee: Definition) -> Made:
        """What `QuerySet.as_manager()` makes."""
        owner = self._hierarchy.of(Definition(callee.module, callee.kind, callee.qualname, callee.index, 0))
        return MadeManager(None, owner, owner is not None) if owner else Neither.UNKNOWN

    def _alias(self, alias: Definition, call: Call, depth: int) -> Made:
        """What the call of another name makes: `Money = partial(DecimalField, max_digits=9)`."""
        bound = self._functions.module_summary(alias.module).bound.get(alias.qualname, ())
        if len(bound) != 1 or bound[0].how != "assign" or not depth:
            return Neither.UNKNOWN
        value = bound[0].value
        if isinstance(value, (Name, Attribute)):
            return self._result(self._scopes.resolve(alias.module, "", value), call, depth - 1)
        if isinstance(value, Lambda):
            return self.made(alias.module, "", value.body, depth - 1)
        if not isinstance(value, Call):
            return Neither.UNKNOWN
        if _asks(value, "from_queryset"):
            return self._from_queryset(alias.module, "", value)
        made = self._scopes.resolve(alias.module, "", value.function)
        if made == External("functools.partial") and value.arguments:
            inner = Call(
                value.arguments[0],
                (*value.arguments[1:], *call.arguments),
                (*call.keywords, *value.keywords),
                call.line,
                call.column,
            )
            return self.made(alias.module, "", inner, depth - 1)
        return Neither.UNKNOWN

    def _returned(self, callee: Definition, depth: int) -> Made:
        """What a function of the project returns."""
        function = called_function(callee)
        if function is None or not depth:
            return Neither.UNKNOWN
        returns = self._functions.summary(function).returns
        made = [self.made(function.module, function.scope, value, depth - 1) for value in returns]
        if not made or any(one is Neither.UNKNOWN for one in made):
            return Neither.UNKNOWN if made or function.fact.decorators else Neither.NOTHING
        first = made[0]
        kinds = {one.kind if isinstance(one, MadeField) else None for one in made}
        if isinstance(first, MadeField) and len(kinds) == 1:
            return first if len(made) == 1 else MadeField(first.kind, first.cls, (), ())
        return first if all(one == first for one in made) else Neither.UNKNOWN


def _external(name: str, call: Call) -> Made:
    kind = known_kind(name)
    if kind is not None:
        return MadeField(kind, None, call.arguments, call.keywords)
    name = canonical(name)
    if _is_manager(name):
        return MadeManager(None, None, name == MANAGER)
    if name.endswith(".as_manager"):
        return MadeManager(None, None, name == f"{QUERYSET}.as_manager")
    return Neither.NOTHING if _is_trusted(name) else Neither.UNKNOWN


def _is_manager(name: str) -> bool:
    return canonical(name) in _MANAGERS or name.rpartition(".")[2].endswith("Manager")


def _is_trusted(name: str) -> bool:
    return name.partition(".")[0] in _TRUSTED


def _known(order: tuple[object, ...]) -> list[ProjectClass | External]:
    return [ancestor for ancestor in order if isinstance(ancestor, (ProjectClass, External))]


def _asks(call: Call, name: str) -> bool:
    return isinstance(call.function, Attribute) and call.function.attr == name


def _innermost(chain: Expression) -> Expression:
    """What a chain of calls starts with: `Orders` of `Orders(self.model).filter(…)`."""
    while isinstance(chain, (Call, Attribute)):
        inner = chain.function if isinstance(chain, Call) else chain.value
        if isinstance(chain, Call) and isinstance(inner, (Name, Attribute)) and _is_class_like(inner):
            return inner
        chain = inner
    return chain


def _is_class_like(function: Name | Attribute) -> bool:
    last = function.id if isinstance(function, Name) else function.attr
    return last[:1].isupper()
