"""Whether a model may have more than its body and its bases say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name
from archlint.facts.forms import passed_values
from archlint.frameworks.django.known.models import known_model
from archlint.frameworks.django.known.packages import (
    CLOSED_BASES,
    CLOSED_DECORATORS,
    GIVEN_BY_FIELDS,
    GIVEN_NAMES,
    RENAMING,
)
from archlint.frameworks.django.models.spelling import is_seen_package
from archlint.project.answer import Definition, External, Unresolved
from archlint.project.classes import ProjectClass
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.classes import Ancestor, ClassHierarchy
    from archlint.project.module import Module
    from archlint.project.scopes import Scopes
    from archlint.project.summaries import Summary

_ADDING = frozenset({"add_to_class", "contribute_to_class"})
_GIVEN = (
    *((decorator.partition(".")[0], given) for decorator, given in GIVEN_NAMES.items()),
    *GIVEN_BY_FIELDS.items(),
)


class Openness:
    """Tells which classes may be given more by bases, decorators, metaclasses and code elsewhere."""

    def __init__(
        self,
        modules: tuple[Module, ...],
        scopes: Scopes,
        hierarchy: ClassHierarchy,
        functions: Functions,
    ) -> None:
        self._scopes = scopes
        self._hierarchy = hierarchy
        self._functions = functions
        loose: set[str] = set()
        self._grown = frozenset(self._grown_classes(modules, loose))
        loose.update(given for package, given in _GIVEN if any(package in each.imported for each in modules))
        self.loose_names = frozenset(loose)
        """Names that some code gives to classes nobody can tell."""

    def of(self, cls: ProjectClass) -> bool:
        """Whether a class itself, its ancestors left out, may have more than its body says."""
        if cls in self._grown or self.hides_bases(self._hierarchy.order(cls)) or _renames(cls):
            return True
        scope = cls.fact.qualname.rpartition(".")[0]
        if any(self._may_add(cls.module, scope, decorator) for decorator in cls.fact.decorators):
            return True
        return self._has_metaclass(cls)

    def is_made_otherwise(self, order: tuple[Ancestor, ...]) -> bool:
        """Whether a metaclass of the project's own makes a class: it may change its `Meta`, too."""
        return any(isinstance(one, ProjectClass) and self._has_metaclass(one) for one in order)

    def _has_metaclass(self, cls: ProjectClass) -> bool:
        scope = cls.fact.qualname.rpartition(".")[0]
        return any(
            keyword.name == "metaclass" and not self._is_closed(cls.module, scope, keyword.value)
            for keyword in cls.fact.keywords
        )

    def hides_bases(self, order: tuple[Ancestor, ...]) -> bool:
        """Whether some class in an order cannot be seen, and may be a model."""
        return any(not _is_seen(ancestor) for ancestor in order)

    def _is_closed(self, module: Module, scope: str, value: Expression) -> bool:
        answer = self._scopes.resolve(module, scope, value)
        return isinstance(answer, External) and _is_seen(answer)

    def _may_add(self, module: Module, scope: str, decorator: Expression) -> bool:
        function = decorator.function if isinstance(decorator, Call) else decorator
        answer = self._scopes.resolve(module, scope, function)
        if isinstance(answer, External):
            if answer.name in GIVEN_NAMES and isinstance(decorator, Call):
                return any(keyword.name in ("", "fields", "obj_field") for keyword in decorator.keywords)
            return not is_seen_package(answer.name) and answer.name not in CLOSED_DECORATORS
        if not isinstance(answer, Definition) or answer.kind is not Kind.FUNCTION or answer.member:
            return True
        body = answer.module.encoded(answer.module.functions[answer.index])
        return any(word in body for word in (b"add_to_class", b"setattr", b"contribute_to_class"))

    def _grown_classes(self, modules: tuple[Module, ...], loose: set[str]) -> list[ProjectClass]:
        """The classes to which some code adds: `User.add_to_class("age", …)`."""
        grown = []
        for module in modules:
            for facts, scope in self._bodies_that_add(module):
                summary = self._functions.module_summary(module) if facts is None else facts
                is_field = scope.endswith(".contribute_to_class()")
                for call in (site.call for site in summary.calls):
                    if is_field and any(isinstance(each, Name) for each in call.arguments[:1]):
                        loose.update(_texts(call))  # `self.put(cls, "history", …)`, whatever that does
                    if not isinstance(call.function, Attribute) or call.function.attr not in _ADDING:
                        continue
                    cls = self._receiver(module, scope, call, call.function)
                    if cls is not None:
                        grown.append(cls)
                    else:
                        loose.update(_texts(call))
        return grown

    def _bodies_that_add(self, module: Module) -> Iterator[tuple[Summary | None, str]]:
        words = [word.encode() for word in _ADDING]
        if any(word in bytes(module.facts.body) for word in words):
            yield None, ""
        if not any(word in module.encoded_definitions for word in words):
            return
        for index, fact in enumerate(module.functions):
            if any(word in module.encoded(fact) for word in words):
                yield self._functions.summary(ProjectFunction(module, index)), f"{fact.qualname}()"

    def _receiver(self, module: Module, scope: str, call: Call, function: Attribute) -> ProjectClass | None:
        if function.attr == "add_to_class":
            return self._class(module, scope, function.value)
        return self._class(module, scope, call.arguments[0]) if call.arguments else None

    def _class(self, module: Module, scope: str, value: Expression) -> ProjectClass | None:
        if not isinstance(value, (Name, Attribute)):
            return None
        answer = self._scopes.resolve(module, scope, value)
        return self._hierarchy.of(answer) if isinstance(answer, Definition) else None


def _renames(cls: ProjectClass) -> bool:
    """Whether a model calls the fields of a base from a package otherwise."""
    inner = [m for m in cls.fact.members if m.name in RENAMING and m.kind is Kind.CLASS]
    named = (m.name for one in inner for m in cls.module.classes[one.index].members)
    return any(name.endswith("_attr") and name != "parent_attr" for name in named)


def _texts(call: Call) -> list[str]:
    given = passed_values(call)
    return [a.value for a in given if isinstance(a, Literal) and isinstance(a.value, str)]


def _is_seen(ancestor: Ancestor) -> bool:
    if isinstance(ancestor, Unresolved):
        return False
    if not isinstance(ancestor, External):
        return True
    if known_model(ancestor.name) is not None or ancestor.name in CLOSED_BASES:
        return True
    return is_seen_package(ancestor.name)
