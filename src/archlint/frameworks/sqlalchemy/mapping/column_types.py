"""The types of columns: by which names they go, and whose operators they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.frameworks.sqlalchemy.mapping.body import Declared, read_body
from archlint.frameworks.sqlalchemy.names import construct
from archlint.project.answer import Answer, Definition, External
from archlint.project.classes import ProjectClass

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.project.classes import ClassHierarchy
    from archlint.project.module import Module

_FURTHEST = 5
"""Names, variants and decorators behind each other that are followed."""

_OWN_OPERATORS = ("comparator_factory", "Comparator")
"""What a decorating type has instead of the operators of the decorated one."""


_NO_TYPES = frozenset(
    {"CheckConstraint", "Computed", "FetchedValue", "ForeignKey", "Identity", "Sequence", "UniqueConstraint"}
)


class ColumnType(msgspec.Struct, frozen=True):
    """What the call of a column says of its type."""

    name: str = ""
    """Its dotted name, through the names of modules; empty where nobody can tell."""

    operators: str = ""
    """The dotted name of SQLAlchemy's type whose operators it has; empty where nobody can tell."""


class ColumnTypes:
    """Reads the types of columns."""

    def __init__(self, names: Names, hierarchy: ClassHierarchy) -> None:
        self._names = names
        self._hierarchy = hierarchy

    def of(
        self, module: Module, scope: str, positional: Sequence[Expression], given: Mapping[str, Expression]
    ) -> ColumnType:
        """The type among the arguments of a column."""
        for value in (*positional[:1], *(given[name] for name in ("type_", "sa_type") if name in given)):
            answer = self._named(module, scope, value)
            if isinstance(answer, (External, Definition)) and construct(answer) in _NO_TYPES:
                continue
            name = answer.name if isinstance(answer, (External, Definition)) else ""
            operators = self._operators(module, scope, value)
            if name or operators:
                return ColumnType(name, operators)
        return ColumnType()

    def _named(self, module: Module, scope: str, value: Expression) -> Answer | None:
        """What a type is called, through the names of modules: `Tags` with `Tags = ARRAY(String)`."""
        for _ in range(_FURTHEST):
            answer = self._called(module, scope, value)
            bound = self._bound(answer)
            if bound is None or not isinstance(answer, Definition):
                return answer
            module, scope, value = answer.module, "", bound
        return None

    def _operators(self, module: Module, scope: str, value: Expression) -> str:
        """The dotted name of SQLAlchemy's type whose operators a column has; empty where nobody can tell.

        `MutableList.as_mutable(ARRAY(String))`, `ARRAY(String).with_variant(…)` and a `TypeDecorator` have
        those of what they wrap.
        """
        for _ in range(_FURTHEST):
            answer = self._called(module, scope, _wrapped(value))
            if isinstance(answer, External):
                return answer.name
            if not isinstance(answer, Definition):
                return ""
            declared = self._decorated(answer)
            bound = self._bound(answer) if declared is None else declared.value
            if bound is None:
                return ""
            module, scope, value = declared.place.module if declared else answer.module, "", bound
        return ""

    def _called(self, module: Module, scope: str, value: Expression) -> Answer | None:
        called = value.function if isinstance(value, Call) else value
        return self._names.resolve(module, scope, called) if isinstance(called, (Name, Attribute)) else None

    def _bound(self, answer: Answer | None) -> Expression | None:
        """What a name of a module stands for."""
        if not isinstance(answer, Definition) or answer.kind is not Kind.VALUE or answer.member:
            return None
        return self._names.bound(answer)

    def _decorated(self, answer: Definition) -> Declared | None:
        """`impl` of a `TypeDecorator` that has no operators of its own."""
        cls = self._hierarchy.of(answer)
        found: Declared | None = None
        for ancestor in self._hierarchy.order(cls) if cls is not None else ():
            if isinstance(ancestor, External):
                return found if ancestor.name.endswith(".TypeDecorator") else None
            if not isinstance(ancestor, ProjectClass):
                return None
            attributes = read_body(ancestor).attributes
            if any(name in attributes for name in _OWN_OPERATORS):
                return None
            found = found or attributes.get("impl")
        return None


def _wrapped(value: Expression) -> Expression:
    """The type inside `MutableList.as_mutable(…)` and `….with_variant(…)`."""
    while isinstance(value, Call):
        function = value.function
        if not isinstance(function, Attribute):
            break
        if function.attr == "as_mutable" and value.arguments:
            value = value.arguments[0]
        elif function.attr == "with_variant":
            value = function.value
        else:
            break
    return value
