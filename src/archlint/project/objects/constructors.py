"""What the classes of the project take when they are called, where all that has a say in it is seen."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.definitions import Parameter
from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Keyword,
    Literal,
    Name,
    Subscript,
    last_name,
    says,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Annotate, Hidden
from archlint.project.answer import External
from archlint.project.call_arguments import call_arguments, spreads_sequence
from archlint.project.classes import ClassHierarchy, ProjectClass, outside_decorator
from archlint.project.functions import ProjectFunction
from archlint.project.memo import Memo
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.bindings import Binding
    from archlint.project.project import Project

_EXCEPTIONS: Final = frozenset(
    f"builtins.{name}"
    for name, each in vars(builtins).items()
    if isinstance(each, type) and issubclass(each, BaseException)
)
_PLAIN_BASES: Final = frozenset(
    {"abc.ABC", "builtins.object", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"}
)
"""Bases that neither take arguments nor decide how objects are made."""

_DATACLASS: Final = "dataclasses.dataclass"
_PLAIN_DECORATORS: Final = frozenset(
    {_DATACLASS, "functools.total_ordering", "typing.final", "typing.runtime_checkable"}
)
_NAMED_TUPLE: Final = "typing.NamedTuple"
_DEFAULTS: Final = frozenset({"default", "default_factory"})


class Constructor(msgspec.Struct, frozen=True):
    """What a class takes, and the method that says so; None where its fields do."""

    parameters: tuple[Parameter, ...]
    method: ProjectFunction | None


class Constructors:
    """Answers for one class after the other."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._scopes = project.view(Scopes)
        self._known = Memo(project.reads, self._of)

    @classmethod
    def build(cls, project: Project) -> Constructors:
        """The view of a project."""
        return cls(project)

    def of(self, cls: ProjectClass) -> Constructor | None:
        """What a class takes when it is called; None where nobody can tell."""
        return self._known(cls)

    def _of(self, cls: ProjectClass) -> Constructor | None:
        order = self._hierarchy.order(cls)
        if not all(self._is_plain(each) for each in order if isinstance(each, ProjectClass)):
            return None
        outside = [each for each in order if not isinstance(each, ProjectClass)]
        if [each.name for each in outside if isinstance(each, External)] == [_NAMED_TUPLE]:
            return self._of_fields([cls]) if len(order) == len(outside) + 1 else None
        if not all(
            isinstance(each, External) and each.name in _PLAIN_BASES | _EXCEPTIONS for each in outside
        ):
            return None
        for each in order:
            if isinstance(each, External) and each.name in _EXCEPTIONS:
                return None  # they take anything
            if not isinstance(each, ProjectClass):
                continue
            own = [member for member in each.fact.members if member.name == "__init__"]
            if own:
                made = _of_method(each, own[0].index) if _is_one_function(own) else None
                return self._with_those_above(each, made) if each is cls and made is not None else made
            if self._dataclass_options(each) is not None:
                lineage = [one for one in self._hierarchy.order(each) if isinstance(one, ProjectClass)]
                return self._of_fields(list(reversed(lineage)))
        return Constructor((), None)

    def _with_those_above(self, cls: ProjectClass, made: Constructor) -> Constructor:
        """With what the class above takes of further keywords: `super().__init__(**options)`."""
        above = self._hierarchy.order(cls)[1:2]
        handed = _handed_above(made)
        if handed is None or len(cls.fact.bases) != 1 or not isinstance(above[0], ProjectClass):
            return made
        taken = self.of(above[0])
        if taken is None or spreads_sequence(handed):
            return made
        given = call_arguments(taken.parameters, handed).by_parameter
        own = [each for each in made.parameters if each.kind != "double-star"]
        names = {*given, *[each.name for each in own]}
        rest = [_by_name(each) for each in taken.parameters if each.name not in names]
        return Constructor((*own, *[each for each in rest if each is not None]), made.method)

    def _is_plain(self, cls: ProjectClass) -> bool:
        """Whether a class is made as any other: by no metaclass, and under a decorator that is known."""
        fact, scope = cls.fact, cls.fact.qualname.rpartition(".")[0]
        if fact.keywords or cls.module.is_stub or any(each.name == "__new__" for each in fact.members):
            return False
        if "()" not in scope and sum(one.qualname == fact.qualname for one in cls.module.classes) != 1:
            return False
        return self.is_left_as_written(cls)

    def is_left_as_written(self, cls: ProjectClass) -> bool:
        """Whether decorators leave the methods of a class alone: `@mock.patch("…")` gives its tests more."""
        return all(
            outside_decorator(self._scopes, cls, each) in _PLAIN_DECORATORS for each in cls.fact.decorators
        )

    def _dataclass_options(self, cls: ProjectClass) -> tuple[Keyword, ...] | None:
        """What `@dataclass` is told for a class; None for a class without."""
        for each in cls.fact.decorators:
            if outside_decorator(self._scopes, cls, each) == _DATACLASS:
                return each.keywords if isinstance(each, Call) else ()
        return None

    def _of_fields(self, lineage: list[ProjectClass]) -> Constructor | None:
        """What the fields of some classes make of `__init__`, the first class that of the oldest."""
        fields: dict[str, Parameter | None] = {}
        for cls in lineage:
            options = self._dataclass_options(cls)
            if options is None and len(lineage) > 1:
                continue  # no dataclass itself, it has no fields
            told = {each.name: each.value for each in options or ()}
            if "" in told or "init" in told or not _is_flat(cls):
                return None
            for each, parameter in _fields(cls, by_name=says(told.get("kw_only"), True)):
                fields[each] = parameter
        found = [each for each in fields.values() if each is not None]
        ordered = sorted(found, key=lambda each: each.kind == "keyword")
        return Constructor(tuple(ordered), None)


def _of_method(owner: ProjectClass, index: int) -> Constructor | None:
    method = ProjectFunction(owner.module, index)
    first, *rest = method.fact.parameters or (None,)
    if method.fact.decorators or first is None or first.kind not in ("positional", "normal"):
        return None
    return Constructor(tuple(each for each in rest if each is not None), method)


def _handed_above(made: Constructor) -> Call | None:
    """The call of the constructor above that all further keywords are handed to, and nothing else."""
    method = made.method
    name = next((each.name for each in made.parameters if each.kind == "double-star"), "")
    if method is None or not name:
        return None
    forms = list(walked(method.module.statements(method.fact)))
    if sum(isinstance(each, Name) and each.id == name for each in forms) != 1:
        return None
    for form in forms:
        if isinstance(form, Call) and _is_of_super(form.function):
            spread = [each.value for each in form.keywords if not each.name]
            if [each.id for each in spread if isinstance(each, Name)] == [name]:
                return form
    return None


def _is_of_super(form: Expression) -> bool:
    """`super().__init__`."""
    if not isinstance(form, Attribute) or form.attr != "__init__" or not isinstance(form.value, Call):
        return False
    return last_name(form.value.function) == "super" and not form.value.arguments


def _by_name(parameter: Parameter) -> Parameter | None:
    """A parameter that can be given by its name alone; None for one that cannot."""
    if parameter.kind == "double-star":
        return parameter
    kind = "keyword" if parameter.kind in ("normal", "keyword") else ""
    return Parameter(parameter.name, kind, parameter.annotation, parameter.default) if kind else None


def _is_one_function(bindings: list[Binding]) -> bool:
    return len(bindings) == 1 and bindings[0].kind is Kind.FUNCTION


def _is_flat(cls: ProjectClass) -> bool:
    """Whether all fields stand directly in the body of a class."""
    body = cls.module.statements(cls.fact)
    inside = sum(isinstance(each, (Annotate, Hidden)) for each in walked(body))
    return inside == sum(isinstance(each, Annotate) for each in body)


def _fields(cls: ProjectClass, *, by_name: bool) -> Iterator[tuple[str, Parameter | None]]:
    """The fields of a class in the order of its body; None for one that `__init__` does not take."""
    for form in cls.module.statements(cls.fact):
        if not isinstance(form, Annotate) or not isinstance(form.target, Name):
            continue
        kind = _kind_of(form.annotation)
        if kind == "KW_ONLY":
            by_name = True
        elif kind != "ClassVar":
            yield form.target.id, _parameter(form.target.id, form.value, by_name=by_name)


def _parameter(name: str, value: Expression | None, *, by_name: bool) -> Parameter | None:
    if not isinstance(value, Call) or last_name(value.function) != "field":
        return Parameter(name, "keyword" if by_name else "normal", None, value)
    told = {each.name: each.value for each in value.keywords}
    if says(told.get("init"), False):
        return None
    if "kw_only" in told:
        by_name = says(told["kw_only"], True)
    has_default = "" in told or not _DEFAULTS.isdisjoint(told)
    return Parameter(name, "keyword" if by_name else "normal", None, value if has_default else None)


def _kind_of(annotation: Expression) -> str:
    """`ClassVar` or `KW_ONLY`, also in quotes, or whatever else the annotation begins with."""
    form = annotation.value if isinstance(annotation, Subscript) else annotation
    if isinstance(form, Literal) and isinstance(form.value, str):
        return next((each for each in ("ClassVar", "KW_ONLY") if each in form.value), "")
    return last_name(form)
