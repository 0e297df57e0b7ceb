"""What decorators, `__init_subclass__` and metaclasses give a class besides its body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Name
from archlint.frameworks.sqlalchemy.names import KNOWN_DECORATORS, construct
from archlint.project.answer import External
from archlint.project.classes import ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.project.objects.class_writes import written_on_class
from archlint.project.scopes import nested

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.facts.expressions import Expression
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.mapping.metaclasses import Metaclasses
    from archlint.project.functions import Functions

_NOTHING: Final[frozenset[str]] = frozenset()
_CONSTRUCTOR: Final = frozenset({"__init__"})
_OF_LIBRARY: Final = {
    "as_declarative": _NOTHING,
    "as_declarative_base": _NOTHING,
    "declarative_mixin": _NOTHING,
    "mapped": _NOTHING,
    "mapped_as_dataclass": _CONSTRUCTOR,
}
_DATACLASS: Final = "dataclasses.dataclass"
_MAPPING: Final = frozenset(
    {"__table__", "__table_args__", "__mapper_args__", "__abstract__", "__bind_key__"}
)


class Decorated:
    """Tells the names that a class has from its decorators and its metaclass, and those that a hook gives."""

    def __init__(self, names: Names, functions: Functions, metaclasses: Metaclasses) -> None:
        self._names = names
        self._functions = functions
        self._metaclasses = metaclasses
        self._given: dict[ProjectClass, frozenset[str] | None] = {}

    def given_later(self, order: Iterable[object]) -> frozenset[str] | None:
        """What is set on a class and its bases after their bodies; None where nobody can tell."""
        found: set[str] = set()
        for cls in order:
            names = self._of(cls) if isinstance(cls, ProjectClass) else _NOTHING
            if names is None:
                return None
            found |= names
        return frozenset(found)

    def _of(self, cls: ProjectClass) -> frozenset[str] | None:
        """What the decorators and the metaclass of a class give it, and its hook its heirs."""
        if cls not in self._given:
            found = [self._given_by(cls, decorator) for decorator in cls.fact.decorators]
            hooks = [m for m in cls.fact.members if m.name == "__init_subclass__" and m.kind is Kind.FUNCTION]
            found += [
                set_on_class(self._functions, ProjectFunction(cls.module, hook.index)) for hook in hooks
            ]
            found.append(self._metaclasses.given(cls))
            known = [names for names in found if names is not None]
            self._given[cls] = frozenset().union(*known) if len(known) == len(found) else None
        return self._given[cls]

    def _given_by(self, cls: ProjectClass, decorator: Expression) -> frozenset[str] | None:
        function = decorator.function if isinstance(decorator, Call) else decorator
        answer = self._names.resolve(cls.module, cls.fact.qualname.rpartition(".")[0], function)
        known = _OF_LIBRARY.get(construct(answer))
        if known is not None:
            return known
        if isinstance(answer, External):
            is_known = answer.name in KNOWN_DECORATORS or answer.name.startswith("sqlalchemy_utils.")
            return (_CONSTRUCTOR if answer.name == _DATACLASS else _NOTHING) if is_known else None
        own = self._names.function(answer)
        if own is not None and isinstance(decorator, Call):
            own = self._made_by(own)
        return self._returned(own) if own is not None else None

    def _made_by(self, factory: ProjectFunction) -> ProjectFunction | None:
        """The function inside that one returns: that of `@registered("orders")` is the decorator."""
        returns = self._functions.summary(factory).returns
        inner = returns[0] if len(returns) == 1 else None
        found = nested(factory.module, f"{factory.scope}.{inner.id}") if isinstance(inner, Name) else None
        return self._names.function(found) if found is not None else None

    def _returned(self, decorator: ProjectFunction) -> frozenset[str] | None:
        """What a decorator sets on the class that it is given and returns."""
        returns = self._functions.summary(decorator).returns
        parameters = decorator.fact.parameters
        is_same = parameters and all(isinstance(e, Name) and e.id == parameters[0].name for e in returns)
        return set_on_class(self._functions, decorator) if is_same and returns else None


def set_on_class(functions: Functions, function: ProjectFunction) -> frozenset[str] | None:
    """What a function sets on the class that it is handed first, if none of it is mapped; None otherwise."""
    written = written_on_class(functions, function)
    return None if written is None or _maps(written) else frozenset(written)


def _maps(written: Mapping[str, Expression]) -> bool:
    """Whether what is set may be a column, or says how the class is mapped."""
    return any(name in _MAPPING or _may_be_column(name, value) for name, value in written.items())


def _may_be_column(name: str, value: Expression) -> bool:
    return isinstance(value, Call) and not name.startswith("__")
