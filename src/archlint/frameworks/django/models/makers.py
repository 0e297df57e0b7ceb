"""What a value in a class body makes: a field, a manager, nothing of the sort, or nobody can tell.

Followed are field classes of the project and of the usual packages, functions that return a field,
`functools.partial`, other names for all of these, and the ways to make a manager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Keyword, Lambda, Name, Opaque
from archlint.facts.outline import last_name
from archlint.frameworks.django.known.packages import PLAIN_MANAGERS
from archlint.frameworks.django.models.declared import Made, MadeField, MadeManager, Neither
from archlint.frameworks.django.models.field_kinds import FIELDS, RELATIONS, known_kind
from archlint.frameworks.django.models.managers import MANAGER, QUERYSET, Managers, asks, looks_like_manager
from archlint.frameworks.django.models.spelling import canonical, is_seen_package
from archlint.project.answer import Answer, Definition, External, Unresolved
from archlint.project.factories import argument_for, filled
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes, meant

if TYPE_CHECKING:
    from archlint.facts.bindings import Binding
    from archlint.project.classes import ClassHierarchy, ProjectClass
    from archlint.project.module import Module

_SPEAKING = frozenset({"__init__", "__new__", "check", "contribute_to_class"})
"""Methods by which a field class has a say in what its arguments mean."""

_DEPTH = 3
"""How many names and functions lie between a class body and the field at most."""


class Makers:
    """Tells what values in class bodies make."""

    def __init__(
        self, scopes: Scopes, hierarchy: ClassHierarchy, functions: Functions, managers: Managers
    ) -> None:
        self._scopes = scopes
        self._hierarchy = hierarchy
        self._functions = functions
        self._managers = managers

    def made(self, module: Module, scope: str, value: Expression, depth: int = _DEPTH) -> Made:
        """What a value makes, seen from the scope it stands in."""
        if not isinstance(value, Call):
            return Neither.NOTHING
        function = value.function
        if isinstance(function, Call):
            built = asks(function, "from_queryset")
            return self._managers.from_queryset(module, scope, function) if built else Neither.UNKNOWN
        callee = self._scopes.resolve(module, scope, function)
        handed = self._handed_back(callee, value) if depth else None
        if handed is not None:
            return self.made(module, scope, handed, depth - 1)
        found = self._result(callee, value, depth)
        if found is Neither.UNKNOWN and last_name(function).endswith("Manager"):
            return MadeManager(None, None, is_known=False)
        return found

    def field_class(self, of: ProjectClass) -> str | None:
        """The kind of a class of the project; None where it is no field."""
        for ancestor in self._hierarchy.order(of):
            kind = None if isinstance(ancestor, Unresolved) else known_kind(ancestor.name)
            if kind is not None:
                return kind
        return None

    def _is_plain(self, of: ProjectClass) -> bool:
        """Whether no class of the project or of a package sets options behind the call."""
        for ancestor in self._hierarchy.order(of):
            if isinstance(ancestor, Unresolved):
                return False
            if canonical(ancestor.name) in FIELDS or canonical(ancestor.name) in RELATIONS:
                return True
            if isinstance(ancestor, External) or any(m.name in _SPEAKING for m in ancestor.fact.members):
                return False
        return False

    def _result(self, callee: Answer, call: Call, depth: int) -> Made:
        if isinstance(callee, External):
            return _external(callee.name, call)
        if not isinstance(callee, Definition):
            return Neither.UNKNOWN
        if callee.member == "as_manager":
            return self._managers.as_manager(callee)
        owner = self._hierarchy.of(callee)
        if owner is not None:
            return self._instance(owner, call)
        if callee.kind is Kind.VALUE and not callee.member:
            return self._alias(callee, call, depth)
        return self._returned(callee, call, depth)

    def _instance(self, owner: ProjectClass, call: Call) -> Made:
        kind = self.field_class(owner)
        if kind is not None:
            own = None if canonical(owner.name) == kind else owner  # Django's, where it is linted itself
            return MadeField(kind, own, call.arguments, call.keywords, self._is_plain(owner))
        if self._managers.is_manager(owner):
            return self._managers.of_class(owner)
        order = self._hierarchy.order(owner)
        if any(isinstance(a, Unresolved) or _is_stranger(a.name, a) for a in order):
            return Neither.UNKNOWN
        contributes = self._hierarchy.member(owner, "contribute_to_class")
        return self._contributed(*contributes) if isinstance(contributes, tuple) else Neither.NOTHING

    def _contributed(self, holder: ProjectClass, method: Binding) -> Made:
        """What an object gives to a model by its own `contribute_to_class`."""
        if method.kind is not Kind.FUNCTION:
            return Neither.SEVERAL
        summary = self._functions.summary(ProjectFunction(holder.module, method.index))
        called = {s.call.function.attr for s in summary.calls if isinstance(s.call.function, Attribute)}
        if called & {"add_to_class", "contribute_to_class"}:
            return Neither.SEVERAL
        return Neither.UNKNOWN if "add_field" in called else Neither.NOTHING

    def _alias(self, alias: Definition, call: Call, depth: int) -> Made:
        """What the call of another name makes: `Money = partial(DecimalField, max_digits=9)`."""
        bound = self._functions.module_summary(alias.module).bound.get(alias.qualname, ())
        if len(bound) != 1 or bound[0].how != "assign" or not depth:
            return Neither.UNKNOWN
        module, value = alias.module, bound[0].value
        if isinstance(value, (Name, Attribute)):
            return self._result(self._scopes.resolve(module, "", value), call, depth - 1)
        if isinstance(value, Lambda):
            return _with_unseen_options(self.made(module, "", value.body, depth - 1))
        if not isinstance(value, Call):
            return Neither.UNKNOWN
        if asks(value, "from_queryset"):
            return self._managers.from_queryset(module, "", value)
        made = self._scopes.resolve(module, "", value.function)
        if made != External("functools.partial") or not value.arguments:
            return Neither.UNKNOWN
        arguments = (*value.arguments[1:], *call.arguments)
        keywords = (*value.keywords, *call.keywords)
        inner = Call(value.arguments[0], arguments, keywords, call.line, call.column)
        return self.made(module, "", inner, depth - 1)

    def _handed_back(self, callee: Answer, call: Call) -> Expression | None:
        """The argument that a function returns as it came: `searchable(TextField())`."""
        found = meant(callee) if isinstance(callee, Definition) else None
        if found is None or found.kind is not Kind.FUNCTION:
            return None
        function = ProjectFunction(found.module, found.index)
        summary = self._functions.summary(function)
        names = {one.id if isinstance(one, Name) else "" for one in summary.returns}
        name = names.pop() if len(names) == 1 else ""
        if not name or name in summary.bound or function.fact.decorators:
            return None
        return argument_for(function, name, call)

    def _returned(self, callee: Definition, call: Call, depth: int) -> Made:
        """What a function of the project returns."""
        found = meant(callee)
        if found is None or found.kind is not Kind.FUNCTION or not depth:
            return Neither.UNKNOWN
        function = ProjectFunction(found.module, found.index)
        returns = self._functions.summary(function).returns
        is_alone = len(returns) == 1 and not function.fact.decorators
        if is_alone and isinstance(returns[0], Call):
            seen = filled(function, returns[0], call)
            if seen is not None:
                return self.made(function.module, function.scope, seen, depth - 1)
        made = [self.made(function.module, function.scope, value, depth - 1) for value in returns]
        if not made:
            return Neither.UNKNOWN if function.fact.decorators else Neither.NOTHING
        first = made[0]
        if isinstance(first, MadeField) and len(made) == 1:
            return _with_unseen_options(first) if function.fact.parameters else first
        kinds = {one.kind if isinstance(one, MadeField) else None for one in made}
        if isinstance(first, MadeField) and len(kinds) == 1:
            return _with_unseen_options(first)
        return first if all(one is first for one in made) and isinstance(first, Neither) else Neither.UNKNOWN


def _external(name: str, call: Call) -> Made:
    kind = known_kind(name)
    if kind is not None:
        return MadeField(kind, None, call.arguments, call.keywords, canonical(name) == kind)
    name = canonical(name)
    if looks_like_manager(name):
        is_plain = name in PLAIN_MANAGERS and not call.arguments  # one by position is a manager of its own
        return MadeManager(None, None, name == MANAGER, is_plain)
    if name.endswith(".as_manager"):
        return MadeManager(None, None, name == f"{QUERYSET}.as_manager")
    return Neither.NOTHING if is_seen_package(name) else Neither.UNKNOWN


def _with_unseen_options(made: Made) -> Made:
    """A field whose options come from somewhere else too: its arguments say nothing for sure."""
    if not isinstance(made, MadeField):
        return made
    unseen = Keyword("", Opaque(0, 0), 0, 0)
    return MadeField(made.kind, made.cls, made.arguments, (*made.keywords, unseen), is_plain=False)


def _is_stranger(name: str, ancestor: object) -> bool:
    return isinstance(ancestor, External) and not is_seen_package(name)
