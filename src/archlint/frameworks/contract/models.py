"""The keys that models of Pydantic read and write, as far as their classes tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Name,
    Opaque,
    Operation,
    Subscript,
    last_name,
    says,
    written_text,
)
from archlint.frameworks.pydantic.fields import ModelField, fields_of
from archlint.frameworks.pydantic.generated_names import alias_maker, configured
from archlint.frameworks.pydantic.wanted import is_model
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_PLAIN: Final = frozenset(
    {
        *("abc.ABC", "builtins.object", "object", "pydantic.BaseModel", "pydantic.main.BaseModel"),
        *("sqlmodel.SQLModel", "sqlmodel.main.SQLModel", "typing.Generic"),
    }
)
_CHANGING: Final = frozenset({"computed_field", "model_serializer", "model_validator", "root_validator"})
_OPENING: Final = frozenset({"", "extra"})
"""What lets a model read and write keys besides its fields, or may."""
_LISTS: Final = frozenset({"List", "Sequence", "list"})


class Key(msgspec.Struct, frozen=True):
    """One key of an object of JSON."""

    name: str
    """As it is written; empty where nobody can tell."""

    read_as: frozenset[str]
    """The names that are taken for it."""

    is_required: bool
    held: Held | None
    field: ModelField


class Held(msgspec.Struct, frozen=True):
    """What an annotation speaks of: a model, or a list of them."""

    cls: ProjectClass
    is_list: bool


def held_by(project: Project, module: Module, scope: str, annotation: Expression | None) -> Held | None:
    """The model that an annotation speaks of; None for anything else, and for a choice of several."""
    value, is_list = annotation, False
    for _ in range(6):
        if isinstance(value, Subscript):
            name = last_name(value.value)
            first = (
                value.index.items[0]
                if isinstance(value.index, Collection) and value.index.items
                else value.index
            )
            if name in _LISTS:
                is_list = True
            elif name not in ("Annotated", "Optional"):
                return None
            value = first
        elif isinstance(value, Operation) and value.operator == "|":
            options = [each for each in value.operands if not says(each, None)]
            value = options[0] if len(options) == 1 else None
    if not isinstance(value, (Name, Attribute)):
        return None
    cls = project.view(ClassHierarchy).of(project.view(Scopes).resolve(module, scope, value))
    return Held(cls, is_list) if cls is not None and is_model(project, cls) else None


def keys_of(project: Project, cls: ProjectClass) -> tuple[Key, ...] | None:
    """The keys of a model; None where others may be read or written."""
    order = project.view(ClassHierarchy).order(cls)
    is_known = all(
        each.name in _PLAIN if isinstance(each, External) else isinstance(each, ProjectClass)
        for each in order
    )
    own = [each for each in order if isinstance(each, ProjectClass)]
    if not is_known or cls.fact.keywords or any(_is_changed(each) for each in own):
        return None
    return tuple(_keys(project, cls))


def _is_changed(cls: ProjectClass) -> bool:
    """Whether a method of a class, or its configuration, has a say in what is read or written."""
    for member in cls.fact.members:
        if member.name == "Config":
            return True
        if member.kind is Kind.FUNCTION:
            function = ProjectFunction(cls.module, member.index)
            if not _CHANGING.isdisjoint(function.decorators):
                return True
    return any(_is_open(each) for each in configured(cls))


def _is_open(configuration: Expression) -> bool:
    return not isinstance(configuration, Call) or any(
        each.name in _OPENING for each in configuration.keywords
    )


def _keys(project: Project, cls: ProjectClass) -> Iterator[Key]:
    maker = alias_maker(project, cls)
    for field in fields_of(project, cls):
        if last_name(field.annotation) in ("ClassVar", "PrivateAttr"):
            continue
        given = _given(field.value) | _annotated(field.annotation)
        alias = given.get("alias")
        taken = given.get("validation_alias", alias)
        written = given.get("serialization_alias", alias)
        made = maker(field.name) if maker is not None else field.name
        names = {field.name, made if taken is None else written_text(taken) or ""}
        name = made if written is None else written_text(written) or ""
        held = held_by(project, field.owner.module, field.owner.fact.qualname, field.annotation)
        yield Key(name, frozenset(names), _is_required(field, given), held, field)


def _given(value: Expression | None) -> dict[str, Expression]:
    """The keywords of `Field(…)`, its default as `default`."""
    if not isinstance(value, Call) or not last_name(value.function).endswith("Field"):
        return {}
    found = {keyword.name: keyword.value for keyword in value.keywords}
    return {**found, "default": value.arguments[0]} if value.arguments else found


def _annotated(annotation: Expression) -> dict[str, Expression]:
    """The same for `Annotated[str, Field(alias="name")]`."""
    items = (
        annotation.index.items
        if isinstance(annotation, Subscript) and isinstance(annotation.index, Collection)
        else ()
    )
    found: dict[str, Expression] = {}
    for item in items[1:]:
        found |= _given(item)
    return found


def _is_required(field: ModelField, given: dict[str, Expression]) -> bool:
    if "" in given or "default_factory" in given:
        return False
    if "default" in given:
        return isinstance(given["default"], Opaque)  # `...`
    return (
        field.value is None
        or isinstance(field.value, Opaque)
        or bool(_given(field.value))
        or (isinstance(field.value, Call) and last_name(field.value.function) == "Field")
    )
