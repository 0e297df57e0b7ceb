"""Managers: the classes they are of, and the classes of the query sets that they hand out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.frameworks.django.known.packages import PLAIN_MANAGERS
from archlint.frameworks.django.models.declared import MadeManager
from archlint.frameworks.django.models.spelling import MODELS, canonical, is_seen_package
from archlint.project.answer import Definition, External, Unresolved
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.classes import Ancestor, ClassHierarchy, ProjectClass
    from archlint.project.module import Module
    from archlint.project.scopes import Scopes

MANAGER = f"{MODELS}.Manager"
QUERYSET = f"{MODELS}.QuerySet"


class Managers:
    """Tells what makes a manager."""

    def __init__(self, scopes: Scopes, hierarchy: ClassHierarchy, functions: Functions) -> None:
        self._scopes = scopes
        self._hierarchy = hierarchy
        self._functions = functions

    def is_manager(self, of: ProjectClass) -> bool:
        """Whether a class of the project makes managers."""
        order = self._hierarchy.order(of)
        if any(looks_like_manager(a.name) for a in order if not isinstance(a, Unresolved)):
            return True
        return any(True for ancestor in order for _ in built_bases(ancestor))

    def is_queryset(self, of: ProjectClass) -> bool:
        """Whether a class of the project makes query sets."""
        order = self._hierarchy.order(of)
        return any(canonical(a.name) == QUERYSET for a in order if not isinstance(a, Unresolved))

    def of_class(self, owner: ProjectClass) -> MadeManager:
        """A manager of a class of the project."""
        queryset: ProjectClass | None = None
        order = self._hierarchy.order(owner)
        # A base made by `from_queryset` is one that names alone do not resolve.
        unseen = sum(isinstance(ancestor, Unresolved) for ancestor in order)
        is_known = is_plain = unseen <= sum(len(built_bases(ancestor)) for ancestor in order)
        for ancestor in order:
            if isinstance(ancestor, External):
                is_known = is_known and is_seen_package(ancestor.name)
                is_plain = is_plain and (is_seen_package(ancestor.name) or ancestor.name in PLAIN_MANAGERS)
                continue
            if isinstance(ancestor, Unresolved):
                continue
            if queryset is None:
                queryset = self._from_method(ancestor)
            for base in built_bases(ancestor):
                made = self.from_queryset(ancestor.module, ancestor.fact.qualname.rpartition(".")[0], base)
                queryset = queryset or made.queryset
                is_known = is_known and made.is_known
                is_plain = is_plain and (made.is_known or made.is_plain)
        return MadeManager(owner, queryset, is_known, is_plain)

    def from_queryset(self, module: Module, scope: str, call: Call) -> MadeManager:
        """What `Manager.from_queryset(QuerySet)` makes."""
        made = [self._hierarchy.of(self._scopes.resolve(module, scope, a)) for a in call.arguments[:1]]
        base = call.function.value if isinstance(call.function, Attribute) else call.function
        answer = self._scopes.resolve(module, scope, base)
        manager = self._hierarchy.of(answer)
        is_known = manager is not None or (isinstance(answer, External) and is_seen_package(answer.name))
        is_plain = is_known or (isinstance(answer, External) and answer.name in PLAIN_MANAGERS)
        queryset = made[0] if made else None
        is_seen = queryset is not None
        return MadeManager(manager, queryset, is_known and is_seen, is_plain and is_seen)

    def as_manager(self, callee: Definition) -> MadeManager:
        """What `QuerySet.as_manager()` makes."""
        bare = Definition(callee.module, callee.kind, callee.qualname, callee.index, callee.line)
        owner = self._hierarchy.of(bare)
        return MadeManager(None, owner, owner is not None and not self._makes_its_own(owner))

    def _makes_its_own(self, owner: ProjectClass) -> bool:
        """Whether a class of query sets of the project has an `as_manager` of its own."""
        order = self._hierarchy.order(owner)
        members = (one.fact.members for one in order if not isinstance(one, (External, Unresolved)))
        return any(member.name == "as_manager" for each in members for member in each)

    def _from_method(self, owner: ProjectClass) -> ProjectClass | None:
        """The class that `get_queryset` of a manager makes its query sets of."""
        for member in owner.fact.members:
            if member.name != "get_queryset" or member.kind is not Kind.FUNCTION:
                continue
            method = ProjectFunction(owner.module, member.index)
            for returned in self._functions.summary(method).returns:
                answer = self._scopes.resolve(owner.module, method.scope, _innermost(returned))
                found = self._hierarchy.of(answer)
                if found is not None and self.is_queryset(found):
                    return found
        return None


def looks_like_manager(name: str) -> bool:
    """Whether a class outside the project is a manager, by its name."""
    last = name.rpartition(".")[2]
    return last.endswith("Manager") and "Taggable" not in last


def asks(call: Call, method: str) -> bool:
    """Whether a call is one of this method."""
    return isinstance(call.function, Attribute) and call.function.attr == method


def built_bases(ancestor: Ancestor) -> list[Call]:
    """The bases of a class that `from_queryset` makes."""
    if isinstance(ancestor, (External, Unresolved)):
        return []
    return [b for b in ancestor.fact.bases if isinstance(b, Call) and asks(b, "from_queryset")]


def _innermost(chain: Expression) -> Expression:
    """The class that a chain of calls starts with: `Orders` of `Orders(self.model).filter(…)`."""
    while isinstance(chain, (Call, Attribute)):
        inner = chain.function if isinstance(chain, Call) else chain.value
        if isinstance(chain, Call) and isinstance(inner, (Name, Attribute)) and _is_class_like(inner):
            return inner
        chain = inner
    return chain


def _is_class_like(function: Name | Attribute) -> bool:
    last = function.id if isinstance(function, Name) else function.attr
    return last[:1].isupper()
