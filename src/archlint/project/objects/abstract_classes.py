"""Classes that leave methods to their heirs: Python makes no object of one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import last_name
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.objects.outside_members import PROTOCOLS, outside_members
from archlint.project.scopes import Scopes
from archlint.project.words import Words

if TYPE_CHECKING:
    from archlint.project.classes import Ancestor
    from archlint.project.project import Project

_MARKS: Final = frozenset(
    {"abc.abstractmethod", "abc.abstractproperty", "abc.abstractclassmethod", "abc.abstractstaticmethod"}
)
_METACLASS: Final = "abc.ABCMeta"
_BASES: Final = PROTOCOLS | {"abc.ABC"}
_ABSTRACT: Final = "__abstractmethods__"
"""What classes have that are made by that metaclass."""

_OPENING: Final = frozenset({"__new__", "__init_subclass__", _ABSTRACT})

_PARTS: Final = ("Abstract", "Base", "Mixin", "Protocol")
"""Words in the names of classes that ask their heirs for more."""


class AbstractClasses:
    """Answers for one class after the other."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._hierarchy = project.view(ClassHierarchy)
        self._functions = project.view(Functions)
        self._scopes = project.view(Scopes)
        self._known = Memo(project.reads, self._find_left)

    @classmethod
    def build(cls, project: Project) -> AbstractClasses:
        """The view of a project."""
        return cls(project)

    @cached_property
    def names(self) -> frozenset[str]:
        """The last names of the classes that may be abstract, and of all that inherit from them."""
        owners = {
            ProjectClass(function.module, function.fact.owner)
            for function in self._functions.all()
            if function.fact.owner >= 0 and any(name.startswith("abstract") for name in function.decorators)
        }
        return frozenset(
            each.fact.name for owner in owners for each in (owner, *self._hierarchy.below(owner))
        )

    def left(self, cls: ProjectClass) -> tuple[ProjectFunction, ...]:
        """The methods that a class surely leaves to its heirs; empty for one of which objects may be made."""
        return self._known(cls)

    def _find_left(self, cls: ProjectClass) -> tuple[ProjectFunction, ...]:
        order = self._hierarchy.order(cls)
        own = [each for each in order if isinstance(each, ProjectClass)]
        outside = [each for each in order if not isinstance(each, ProjectClass)]
        if not all(map(self._leaves_making, outside)) or not all(map(self._is_plain, own)):
            return ()
        if not any(map(self._refuses, outside)) and not any(map(self._says_metaclass, own)):
            return ()
        names = dict.fromkeys(member.name for each in reversed(own) for member in each.fact.members)
        found = (self._abstract(cls, name) for name in names)
        return tuple(each for each in found if each is not None and not self._is_put_in(each.fact.name))

    def _is_put_in(self, name: str) -> bool:
        """Whether anybody puts a method of this name into a class that is there: `Orders.find = found`."""
        return any(
            any(target.attr == name and last_name(target.value) != "self" for target, _ in summary.stored)
            or any(last_name(site.call.function) == "setattr" for site in summary.calls)
            for module in self._project.view(Words).modules(name)
            for _, summary in self._functions.bodies(module, name)
        )

    def _refuses(self, base: Ancestor) -> bool:
        """Whether a base brings the metaclass."""
        if not isinstance(base, External):
            return False
        return base.name in _BASES or _ABSTRACT in (outside_members(self._project, base.name) or ())

    def _leaves_making(self, base: Ancestor) -> bool:
        """Whether `object` makes its objects: others, as exceptions, never ask what is abstract."""
        return self._refuses(base) or (isinstance(base, External) and base.name == "typing.Generic")

    def _abstract(self, cls: ProjectClass, name: str) -> ProjectFunction | None:
        found = self._hierarchy.member(cls, name)
        if not isinstance(found, tuple) or found[1].kind is not Kind.FUNCTION:
            return None
        owner, binding = found
        if sum(member.name == name for member in owner.fact.members) != 1:
            return None
        method = ProjectFunction(owner.module, binding.index)
        marks = (self._scopes.resolve(owner.module, method.outer, each) for each in method.fact.decorators)
        is_marked = any(isinstance(mark, External) and mark.name in _MARKS for mark in marks)
        return method if is_marked else None

    def _is_plain(self, cls: ProjectClass) -> bool:
        """Whether a class has what its body says: no decorator adds methods, nothing else makes objects."""
        fact, scope = cls.fact, cls.fact.qualname.rpartition(".")[0]
        made = (getattr(each, "function", each) for each in fact.decorators)
        names = (self._scopes.resolve(cls.module, scope, each) for each in made)
        if not all(
            isinstance(each, External) and outside_members(self._project, each.name) is not None
            for each in names
        ):
            return False
        if cls.module.is_stub or not all(each.name == "metaclass" for each in fact.keywords):
            return False
        return _OPENING.isdisjoint(member.name for member in fact.members) and (
            not fact.keywords or self._says_metaclass(cls)
        )

    def _says_metaclass(self, cls: ProjectClass) -> bool:
        scope = cls.fact.qualname.rpartition(".")[0]
        told = (self._scopes.resolve(cls.module, scope, each.value) for each in cls.fact.keywords)
        return any(isinstance(each, External) and each.name == _METACLASS for each in told)


def is_part(cls: ProjectClass) -> bool:
    """Whether a class is there to be mixed into others, or filled in by them."""
    named = any(word in cls.fact.name for word in _PARTS)
    return named or any(last_name(base) in ("ABC", "Generic") for base in cls.fact.bases)
