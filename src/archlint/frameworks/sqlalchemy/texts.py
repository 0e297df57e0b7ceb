"""Text that can be read off the source: literals, constants of modules, names of classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name, Operation, Template
from archlint.frameworks.sqlalchemy.mapping.body import assigned
from archlint.project.answer import Definition, External
from archlint.project.classes import ProjectClass

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.project.classes import ClassHierarchy
    from archlint.project.module import Module
    from archlint.project.scopes import Scopes

_METHODS: dict[str, Callable[[str], str]] = {
    "capitalize": str.capitalize,
    "lower": str.lower,
    "strip": str.strip,
    "title": str.title,
    "upper": str.upper,
}


class Texts:
    """Evaluates expressions to text, without running anything. None where that is not possible."""

    def __init__(self, scopes: Scopes, names: Names, hierarchy: ClassHierarchy) -> None:
        self._scopes = scopes
        self._names = names
        self._hierarchy = hierarchy
        self.table_of: Callable[[ProjectClass], str] = lambda cls: ""
        """The `__tablename__` of a class; the mapping says it, which is built on these texts."""

        self.declared_table_of: Callable[[ProjectClass], str] = lambda cls: ""
        """The same by what the class and its mixins declare, while it is being mapped."""

    def of(self, module: Module, scope: str, expression: Expression) -> str | None:
        """The text of an expression."""
        if isinstance(expression, Literal):
            return (
                expression.value if isinstance(expression.value, str) and not expression.truncated else None
            )
        if isinstance(expression, Template):
            return self._joined(module, scope, expression.parts)
        if isinstance(expression, Operation) and expression.operator == "+":
            return self._joined(module, scope, expression.operands)
        if isinstance(expression, Call):
            return self._called(module, scope, expression)
        if isinstance(expression, (Name, Attribute)):
            return self._named(module, scope, expression)
        return None

    def of_class(self, cls: ProjectClass, name: str) -> str | None:
        """The text that a class has under a name when it is mapped: `cls.__tablename__`."""
        if name == "__name__":
            return cls.fact.name
        if name == "__tablename__":
            return self.declared_table_of(cls) or None
        return self._constant(cls, name)

    def _joined(self, module: Module, scope: str, parts: tuple[Expression, ...]) -> str | None:
        texts = [self.of(module, scope, part) for part in parts]
        return None if None in texts else "".join(text for text in texts if text is not None)

    def _called(self, module: Module, scope: str, call: Call) -> str | None:
        function = call.function
        if not isinstance(function, Attribute) or call.arguments or call.keywords:
            return None
        method = _METHODS.get(function.attr)
        text = self.of(module, scope, function.value) if method else None
        return None if method is None or text is None else method(text)

    def _named(self, module: Module, scope: str, expression: Name | Attribute) -> str | None:
        answer = self._scopes.resolve(module, scope, expression)
        if not isinstance(answer, Definition):
            return None
        if answer.kind is Kind.VALUE and not answer.member:
            bound = self._names.bound(answer)
            return self.of(answer.module, "", bound) if isinstance(bound, (Literal, Template)) else None
        holder, _, last = answer.member.rpartition(".")
        cls = self._hierarchy.of(replace(answer, member=holder))
        if cls is not None:
            return (self.table_of(cls) or None) if last == "__tablename__" else self._constant(cls, last)
        cls = self._hierarchy.of(replace(answer, member=holder.rpartition(".")[0]))
        is_value = last == "value" and cls is not None and self._is_enumeration(cls)
        return self._constant(cls, holder.rpartition(".")[2], is_value=True) if cls and is_value else None

    def _constant(self, cls: ProjectClass, name: str, *, is_value: bool = False) -> str | None:
        """The text that a class keeps under a name; what an enumeration keeps is no text by itself."""
        if not is_value and self._is_enumeration(cls):
            return None
        for owner in self._hierarchy.order(cls):
            if not isinstance(owner, ProjectClass):
                return None
            value = assigned(owner, name)
            if value is not None:
                return self.of(owner.module, "", value) if isinstance(value, (Literal, Template)) else None
        return None

    def _is_enumeration(self, cls: ProjectClass) -> bool:
        order = self._hierarchy.order(cls)
        return any(isinstance(each, External) and each.name.startswith("enum.") for each in order)
