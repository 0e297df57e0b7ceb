"""Attributes that objects of a class surely do not have: none of its classes, no method, nobody sets them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Expression, Literal, Name, last_name
from archlint.facts.forms import walked
from archlint.facts.statements import Evaluate, Jump, Raise
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass, outside_decorator
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.abstract_classes import is_part
from archlint.project.objects.attribute_writes import in_body
from archlint.project.objects.outside_members import PROTOCOLS, outside_members
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.statements import Statement
    from archlint.project.classes import Ancestor
    from archlint.project.module import Module
    from archlint.project.project import Project

_PLAIN_METACLASSES: Final = frozenset({"abc.ABCMeta"})
_WITHOUT_OPERATORS: Final = frozenset(
    {
        *("abc.ABC", "builtins.object", "pydantic.BaseModel", "pydantic.main.BaseModel"),
        *("typing.Generic", "typing_extensions.Generic"),
    }
)
_OPENING: Final = frozenset({"__getattr__", "__getattribute__", "__new__", "__init_subclass__"})
_SETTING: Final = ("setattr", "__setattr__", "vars", "__dict__")
_NAMESPACES: Final = (b"vars", b"locals", b"exec", b"globals", b"setattr", b"__dict__")
_MAKING: Final = frozenset({"new_class", "type"})
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

    def is_lacking(self, cls: ProjectClass, name: str, *, is_called: bool, is_itself: bool = False) -> bool:
        """Whether neither a class nor its heirs have an attribute, they themselves or their objects.

        Code that sets attributes by names that nobody sees may give objects data, but hardly methods.
        """
        if name in _OF_ALL or name.startswith("__") or self._is_open(cls) or self._has(cls, name):
            return False
        heirs = self._hierarchy.below(cls)
        if self._is_protocol(cls) or (not heirs and self._stands_for_others(cls)):
            return False
        if any(self._is_open(heir) or self._has(heir, name) for heir in heirs):
            return False
        if self._is_written(name) or self._has_unseen_heirs(cls):
            return False
        return is_called or is_itself or self._refuses_others(cls) or not self._is_set_by_name(name)

    def is_without(self, cls: ProjectClass, name: str) -> bool:
        """Whether neither a class nor its heirs say a name, operators too, whatever anybody sets on them."""
        family = (cls, *self._hierarchy.below(cls))
        if self._is_protocol(cls) or any(self._is_open(each) or self._may_say(each, name) for each in family):
            return False
        return not self._has_unseen_heirs(cls)

    def _may_say(self, cls: ProjectClass, name: str) -> bool:
        """Of most classes from outside nobody knows the operators."""
        outside = (each.name for each in self._hierarchy.order(cls) if isinstance(each, External))
        is_unseen = name.startswith("__") and not _WITHOUT_OPERATORS.issuperset(outside)
        return is_unseen or self._has(cls, name)

    def is_lacking_above(self, cls: ProjectClass, name: str) -> bool:
        """Whether no class above one has a method, for its objects and those of its heirs."""
        above = self._hierarchy.order(cls)[1:]
        family = [cls, *self._hierarchy.below(cls)]
        if not above or name in _OF_ALL or name.startswith("__") or self._is_open(cls):
            return False
        if any(len(heir.fact.bases) > 1 for heir in family[1:]):
            return False  # who is next depends on the others
        if any(self._gives(each, name) for each in above):
            return False
        return not self._is_written(name) and not self._has_unseen_heirs(cls)

    def _has_unseen_heirs(self, cls: ProjectClass) -> bool:
        """Whether a class is made for heirs that nobody sees: by `type`, or by those who use the project."""
        if any(self._makes_heir(module, cls.fact.name) for module in self._project.modules):
            return True
        if "Mixin" not in cls.fact.name:
            return False
        heirs = (heir for heir in self._hierarchy.below(cls) if not self._hierarchy.below(heir))
        return not any(map(self._is_spoken_of_elsewhere, heirs))

    def _makes_heir(self, module: Module, name: str) -> bool:
        """Whether code makes a class under another: `type("Order", (Base,), {})`."""
        return module.speaks_of(name.encode()) and any(
            last_name(site.call.function) in _MAKING
            and any(isinstance(form, Name) and form.id == name for form in walked(site.call.arguments[1:2]))
            for _, summary in self._functions.bodies(module, name)
            for site in summary.calls
        )

    def _is_spoken_of_elsewhere(self, cls: ProjectClass) -> bool:
        word = cls.fact.name.encode()
        return any(module is not cls.module and module.speaks_of(word) for module in self._project.modules)

    def _is_written(self, name: str) -> bool:
        """Whether anybody sets an attribute of this name on anything: `order.paid = True`, `setattr(…)`."""
        if name not in self._written:
            self._written[name] = any(self._writes(module, name) for module in self._project.modules)
        return self._written[name]

    def is_run(self, method: ProjectFunction) -> bool:
        """Whether a whole class of the project inherits a method as it is: of that it asks what it asks."""
        owner = ProjectClass(method.module, method.fact.owner)
        heirs = (each for each in self._hierarchy.below(owner) if not is_part(each))
        members = (self._hierarchy.member(heir, method.fact.name) for heir in heirs)
        return any(isinstance(found, tuple) and found[0] is owner for found in members)

    def offered(self, cls: ProjectClass) -> list[str]:
        """The attributes that its objects have."""
        found: list[str] = []
        for each in self._hierarchy.order(cls):
            if isinstance(each, ProjectClass):
                found += [member.name for member in each.fact.members]
                found += each.fact.attributes
        return [name for name in found if not name.startswith("__")]

    def _has(self, cls: ProjectClass, name: str) -> bool:
        return any(self._gives(each, name) for each in self._hierarchy.order(cls))

    def _gives(self, cls: Ancestor, name: str) -> bool:
        if not isinstance(cls, ProjectClass):
            return name in self._outside(cls)
        fact = cls.fact
        own = name in fact.attributes or any(member.name == name for member in fact.members)
        return own or any(name in self._added(cls, decorator) for decorator in fact.decorators)

    def _outside(self, ancestor: Ancestor) -> frozenset[str]:
        found = outside_members(self._project, ancestor.name) if isinstance(ancestor, External) else None
        return found or frozenset()

    def _is_open(self, cls: ProjectClass) -> bool:
        """Whether objects of a class may have more than can be seen."""
        if cls not in self._open:
            self._open[cls] = not self._is_closed(cls)
        return self._open[cls]

    def _is_closed(self, cls: ProjectClass) -> bool:
        order = self._hierarchy.order(cls)
        outside = [each for each in order if not isinstance(each, ProjectClass)]
        if not all(
            isinstance(each, External) and outside_members(self._project, each.name) is not None
            for each in outside
        ):
            return False  # which is quickly told
        own = [each for each in order if isinstance(each, ProjectClass)]
        return all(map(self._is_plain, own)) and not (
            self._refuses_others(cls) and any(map(_takes_more, own))
        )

    def _refuses_others(self, cls: ProjectClass) -> bool:
        """Whether a base lets nobody set what is not declared, as those of pydantic do."""
        return any("__setattr__" in self._outside(each) for each in self._hierarchy.order(cls))

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
        if any(member.name in _OPENING for member in fact.members) or "__class__" in fact.attributes:
            return False
        for keyword in fact.keywords:
            found = self._scopes.resolve(module, scope, keyword.value)
            if not isinstance(found, External) or found.name not in _PLAIN_METACLASSES:
                return False
        if not all(self._is_known(cls, decorator) for decorator in fact.decorators):
            return False
        if any(name in module.encoded(fact) for name in _NAMESPACES):
            return False
        return not any(self._adds(method) for method in _methods(cls))

    def _adds(self, method: ProjectFunction) -> bool:
        """Whether a method gives its object, or the class, attributes by names that nobody sees."""
        if not method.module.mentions(method.fact, *_SETTING):
            return False
        summary = self._functions.summary(method)
        own = method.fact.parameters[0].name if method.fact.parameters else ""
        if any(read.attribute.attr == "__dict__" for read in summary.reads):
            return True
        return any(
            last_name(site.call.function) in _SETTING
            and any(_speaks_of(form, own) for form in (site.call.function, *site.call.arguments[:1]))
            for site in summary.calls
        )

    def _is_protocol(self, cls: ProjectClass) -> bool:
        return any(
            isinstance(each, External) and each.name in PROTOCOLS for each in self._hierarchy.bases(cls)
        )

    def _stands_for_others(self, cls: ProjectClass) -> bool:
        """Whether no method of a class does anything, as those of a protocol."""
        methods = _methods(cls)
        return bool(methods) and all(_does_nothing(each.module.statements(each.fact)) for each in methods)

    def _is_known(self, cls: ProjectClass, decorator: Expression) -> bool:
        return outside_members(self._project, outside_decorator(self._scopes, cls, decorator)) is not None

    def _added(self, cls: ProjectClass, decorator: Expression) -> frozenset[str]:
        return outside_members(self._project, outside_decorator(self._scopes, cls, decorator)) or frozenset()

    @cached_property
    def _sets_by_name(self) -> bool:
        """Whether code sets attributes by their names."""
        return any(b"setattr" in module.encoded_definitions for module in self._project.modules)

    def _is_set_by_name(self, name: str) -> bool:
        """Whether code that sets attributes by their names may set this one: it is said beside reads, too."""
        if not self._sets_by_name:
            return False
        said = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
        return any(
            said.search(self._project.text(module.path).text)
            for module in self._project.modules
            if module.speaks_of(name.encode())
        )

    def _writes(self, module: Module, name: str) -> bool:
        if not module.speaks_of(name.encode()):
            return False
        return any(
            any(target.attr == name for target, _ in summary.stored)
            or any(last_name(site.call.function) == "setattr" for site in summary.calls)
            for _, summary in self._functions.bodies(module, name)
        )


def _methods(cls: ProjectClass) -> list[ProjectFunction]:
    found = [member.index for member in cls.fact.members if member.kind is Kind.FUNCTION]
    return [ProjectFunction(cls.module, index) for index in found]


def _speaks_of(form: Expression, name: str) -> bool:
    """Whether a form is about what has a name: `self`, `type(self)`, `super().__setattr__`."""
    return any(isinstance(each, Name) and each.id in (name, "super") for each in walked([form]))


def _takes_more(cls: ProjectClass) -> bool:
    """Whether a class that refuses what is not declared is told to take it: `extra="allow"`."""
    inner = f"{cls.fact.qualname}."
    bodies = [
        cls.module.encoded(each)
        for each in cls.module.classes
        if each is cls.fact or each.qualname.startswith(inner)
    ]
    if any(b"extra" in body and b"allow" in body for body in bodies):
        return True
    told = [form.value for form in in_body(cls, "model_config")]
    return any(isinstance(value, (Name, Attribute)) for value in told)


def _does_nothing(body: tuple[Statement, ...]) -> bool:
    return all(isinstance(each, (Jump, Raise)) or _is_text(each) for each in body)


def _is_text(statement: Statement) -> bool:
    return isinstance(statement, Evaluate) and isinstance(statement.value, Literal)
