"""What a metaclass of the project gives the classes that it makes: `Order.q` for a property of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Expression
from archlint.frameworks.sqlalchemy.mapping.decorated import set_on_class
from archlint.frameworks.sqlalchemy.names import construct
from archlint.project.answer import Answer, External
from archlint.project.classes import ProjectClass
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.facts.bindings import Binding
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.project.classes import ClassHierarchy
    from archlint.project.functions import Functions
    from archlint.project.module import Module

_NOTHING: Final[frozenset[str]] = frozenset()
_ADDING: Final = frozenset({"__getattr__", "__getattribute__", "__new__", "__prepare__"})
"""Methods that may give a class what nobody sees."""

_TYPE: Final = External("builtins.type")
_OF_PYTHON: Final = frozenset({External("abc.ABCMeta"), _TYPE})


class Metaclasses:
    """Tells the names that a class has from its metaclass."""

    def __init__(self, names: Names, hierarchy: ClassHierarchy, functions: Functions) -> None:
        self._names = names
        self._hierarchy = hierarchy
        self._functions = functions

    def given(self, cls: ProjectClass) -> frozenset[str] | None:
        """The names that the metaclass that a class names itself gives it; None where nobody can tell.

        What makes the objects of the class anew counts as its `__init__`.
        """
        named = [keyword.value for keyword in cls.fact.keywords if keyword.name == "metaclass"]
        if not named:
            return _NOTHING
        answer = self._names.resolve(cls.module, cls.fact.qualname.rpartition(".")[0], named[0])
        own = self._hierarchy.of(answer)
        if own is None:
            return _NOTHING if _is_known(answer) else None
        owners = [each for each in self._hierarchy.order(own) if isinstance(each, ProjectClass)]
        if not all(self._are_known(each) for each in owners):
            return None
        found = [self._of_member(each, member) for each in owners for member in each.fact.members]
        known = [names for names in found if names is not None]
        return frozenset().union(*known) if len(known) == len(found) else None

    def _are_known(self, metaclass: ProjectClass) -> bool:
        """Whether the bases of a metaclass are of the project, of the library or of Python."""
        scope = metaclass.fact.qualname.rpartition(".")[0]
        return all(self._is_seen(metaclass.module, scope, base) for base in metaclass.fact.bases)

    def _is_seen(self, module: Module, scope: str, base: Expression) -> bool:
        if not isinstance(base, Call):
            answer = self._names.resolve(module, scope, base)
            return _is_known(answer) or self._hierarchy.of(answer) is not None
        maker = self._names.resolve(module, scope, base.function)
        of = [self._names.construct(module, scope, each) for each in base.arguments]
        return maker == _TYPE and len(of) == 1 and bool(of[0])  # `type(DeclarativeBase)`

    def _of_member(self, metaclass: ProjectClass, member: Binding) -> frozenset[str] | None:
        """What one member of a metaclass is, or gives, to a class."""
        if member.name in _ADDING:
            return None
        if member.name == "__call__":
            return frozenset({"__init__"})
        if member.name == "__init__" and member.kind is Kind.FUNCTION:
            return set_on_class(self._functions, ProjectFunction(metaclass.module, member.index))
        return _NOTHING if member.name.startswith("__") else frozenset({member.name})


def _is_known(answer: Answer) -> bool:
    """Whether a metaclass is one of the library's own, or of Python."""
    return bool(construct(answer)) or answer in _OF_PYTHON
