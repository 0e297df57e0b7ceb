"""What a client may leave out, by the annotations of a handler: parameters, and fields of its body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Call,
    Expression,
    Name,
    Operation,
    Subscript,
    last_name,
    says,
)
from archlint.frameworks.pydantic.fields import fields_of
from archlint.frameworks.pydantic.wanted import is_model
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.module import Module
    from archlint.project.project import Project

_MARKERS: Final = frozenset({"Body", "Cookie", "Form", "Header", "Query"})
_VALIDATING: Final = frozenset({"field_validator", "model_validator", "root_validator", "validator"})
_DEEPEST: Final = 3


def optional_subjects(project: Project, function: ProjectFunction) -> Iterator[str]:
    """The parameters of a handler that may be None, and the fields of its body, as chains of names."""
    for parameter in function.left_to_callers:
        if _is_left_out(parameter):
            yield parameter.name
        cls = _model(project, function.module, function.outer, parameter.annotation)
        if cls is not None:
            yield from _fields(project, cls, parameter.name, _DEEPEST)


def _fields(project: Project, cls: ProjectClass, chain: str, depth: int) -> Iterator[str]:
    if not depth or _validates(project, cls):
        return
    for field in fields_of(project, cls):
        name = f"{chain}.{field.name}"
        if is_optional(field.annotation):
            if _gives_none(field.value):
                yield name
            continue
        inner = _model(project, field.owner.module, field.owner.fact.qualname, field.annotation)
        if inner is not None:
            yield from _fields(project, inner, name, depth - 1)


def _model(
    project: Project, module: Module, scope: str, annotation: Expression | None
) -> ProjectClass | None:
    if annotation is None:
        return None
    cls = project.view(ClassHierarchy).of(project.view(Scopes).resolve(module, scope, annotation))
    return cls if cls is not None and is_model(project, cls) else None


def _validates(project: Project, cls: ProjectClass) -> bool:
    """Whether a class makes something else of what it is given, or refuses it."""
    return any(
        not _VALIDATING.isdisjoint(ProjectFunction(each.module, member.index).decorators)
        for each in project.view(ClassHierarchy).order(cls)
        if isinstance(each, ProjectClass)
        for member in each.fact.members
        if member.kind is Kind.FUNCTION
    )


def is_optional(annotation: Expression | None) -> bool:
    """`str | None`, `Optional[str]`, `Annotated[str | None, …]`."""
    if isinstance(annotation, Operation) and annotation.operator == "|":
        return any(says(each, None) for each in annotation.operands)
    if not isinstance(annotation, Subscript):
        return False
    name = last_name(annotation.value)
    if name == "Annotated":
        index = annotation.index
        return is_optional(next(iter(getattr(index, "items", ())), None))
    return name == "Optional"


def _is_left_out(parameter: Parameter) -> bool:
    """Whether it is None where a client does not send it: `tag: str | None = None`, `Query(None)`."""
    default = parameter.default
    if isinstance(default, Call) and last_name(default.function) in _MARKERS:
        return _gives_none(default)
    is_none = says(default, None)
    annotation = parameter.annotation
    is_plain = isinstance(annotation, Name) or is_optional(annotation)
    return is_none and is_plain and not _is_injected(annotation)


def _is_injected(annotation: Expression | None) -> bool:
    index = annotation.index if isinstance(annotation, Subscript) else None
    items = getattr(index, "items", ())
    return any(isinstance(each, Call) and last_name(each.function) not in _MARKERS for each in items)


def _gives_none(value: Expression | None) -> bool:
    """Whether a field without a value in the request is None: by its default, or by that of `Field(None)`."""
    if value is None or not isinstance(value, Call):
        return value is None or says(value, None)
    named = (each.value for each in value.keywords if each.name == "default")
    first = value.arguments[0] if value.arguments else next(named, None)
    if any(each.name in ("", "default_factory", "validate_default") for each in value.keywords):
        return False
    return says(first, None)
