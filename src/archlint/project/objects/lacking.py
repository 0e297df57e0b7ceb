"""Attributes that objects of a class surely do not have: none of its classes, no method, nobody sets them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Expression, Literal, last_name
from archlint.facts.statements import Evaluate, Jump, Raise
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.statements import Statement
    from archlint.project.module import Module
    from archlint.project.project import Project

_PLAIN_BASES: Final = frozenset({"abc.ABC", "builtins.object", "typing.Generic"})
_PLAIN_METACLASSES: Final = frozenset({"abc.ABCMeta"})
_PLAIN_DECORATORS: Final = frozenset(
    {"dataclasses.dataclass", "functools.total_ordering", "typing.final", "attrs.define", "attrs.frozen"}
)
_OPENING: Final = frozenset({"__getattr__", "__getattribute__", "__new__", "__init_subclass__"})
_WRITING_NAMES: Final = ("setattr", "__dict__", "vars", "locals", "exec", "globals", "__class__")
_OF_ALL: Final = frozenset((*dir(object), *dir(type), "register"))


class Lacking:
    """Answers for classes of the project all of which can be seen."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._hierarchy = project.view(ClassHierarchy)
        self._functions = project.view(Functions)
        self._scopes = project.view(Scopes)
        self._open: dict[ProjectClass, bool] = {}
        self._plain: dict[ProjectClass, bool] = {}
        self._written: dict[str, bool] = {}

    @classmethod
    def build(cls, project: Project) -> Lacking:
        """The view of a project."""
        return cls(project)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the classes that are open to nothing, by which receivers are looked for first."""
        return frozenset(each.fact.name for each in self._hierarchy.classes() if not self._is_open(each))

    def is_lacking(self, cls: ProjectClass, name: str, *, is_called: bool) -> bool:
        """Whether no object of a class, or of one that inherits from it, has an attribute.

        Code that sets attributes by names that nobody sees may give it data, but hardly methods.
        """
        if name in _OF_ALL or name.startswith("__") or self._is_open(cls) or self._has(cls, name):
            return False
        if any(self._is_open(heir) or self._has(heir, name) for heir in self._hierarchy.below(cls)):
            return False
        return not self._is_written(name) and (is_called or not self._is_set_by_name)

    def has_heirs(self, cls: ProjectClass) -> bool:
        """Whether other classes of the project inherit from one: it may ask them for more than it has."""
        return bool(self._hierarchy.below(cls))

    def offered(self, cls: ProjectClass) -> list[str]:
        """The attributes that its objects have."""
        found: list[str] = []
        for each in self._hierarchy.order(cls):
            if isinstance(each, ProjectClass):
                found += [member.name for member in each.fact.members]
                found += each.fact.attributes
        return [name for name in found if not name.startswith("__")]

    def _has(self, cls: ProjectClass, name: str) -> bool:
        return any(
            isinstance(each, ProjectClass)
            and (name in each.fact.attributes or any(member.name == name for member in each.fact.members))
            for each in self._hierarchy.order(cls)
        )

    def _is_open(self, cls: ProjectClass) -> bool:
        """Whether objects of a class may have more than can be seen."""
        if cls not in self._open:
            self._open[cls] = not self._is_closed(cls)
        return self._open[cls]

    def _is_closed(self, cls: ProjectClass) -> bool:
        order = self._hierarchy.order(cls)
        outside = [each for each in order if not isinstance(each, ProjectClass)]
        if not all(isinstance(each, External) and each.name in _PLAIN_BASES for each in outside):
            return False  # which is quickly told
        return all(self._is_plain(each) for each in order if isinstance(each, ProjectClass))

    def _is_plain(self, cls: ProjectClass) -> bool:
        """Whether a class has what its body and its methods say, and nothing else."""
        known = self._plain.get(cls)
        if known is None:
            known = self._plain[cls] = self._says_all(cls)
        return known

    def _says_all(self, cls: ProjectClass) -> bool:
        fact, module = cls.fact, cls.module
        scope = fact.qualname.rpartition(".")[0]
        if "()" in scope or module.is_stub or len(module.bindings.get(fact.qualname, (0,))) != 1:
            return False
        if any(member.name in _OPENING for member in fact.members):
            return False
        for keyword in fact.keywords:
            found = self._scopes.resolve(module, scope, keyword.value)
            if not isinstance(found, External) or found.name not in _PLAIN_METACLASSES:
                return False
        if not all(self._is_known(module, scope, decorator) for decorator in fact.decorators):
            return False
        methods = [module.functions[m.index] for m in fact.members if m.kind is Kind.FUNCTION]
        if any(module.mentions(method, *_WRITING_NAMES) for method in methods):
            return False
        if methods and all(map(_does_nothing, map(module.statements, methods))):
            return False  # it stands for others, as a protocol does
        return not any(name.encode() in module.encoded(fact) for name in _WRITING_NAMES)

    def _is_known(self, module: Module, scope: str, decorator: Expression) -> bool:
        made = decorator.function if isinstance(decorator, Call) else decorator
        found = self._scopes.resolve(module, scope, made)
        return isinstance(found, External) and found.name in _PLAIN_DECORATORS

    @cached_property
    def _is_set_by_name(self) -> bool:
        """Whether code sets attributes by their names."""
        return any(b"setattr" in module.encoded_definitions for module in self._project.modules)

    def _is_written(self, name: str) -> bool:
        """Whether anybody sets an attribute of this name on anything: `order.paid = True`, `setattr(…)`."""
        if name not in self._written:
            self._written[name] = any(self._writes(module, name) for module in self._project.modules)
        return self._written[name]

    def _writes(self, module: Module, name: str) -> bool:
        if not module.speaks_of(name.encode()):
            return False
        return any(
            any(target.attr == name for target, _ in summary.stored)
            or any(last_name(site.call.function) == "setattr" for site in summary.calls)
            for _, summary in self._functions.bodies(module, name)
        )


def _does_nothing(body: tuple[Statement, ...]) -> bool:
    return all(isinstance(each, (Jump, Raise)) or _is_text(each) for each in body)


def _is_text(statement: Statement) -> bool:
    return isinstance(statement, Evaluate) and isinstance(statement.value, Literal)
