"""The class of a model that a value is to be made into, with what it is subscribed with: `Page[OrderOut]`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Collection, Expression, Name, Subscript, last_name
from archlint.facts.forms import names_in
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Either, Many, Object, Value, something

if TYPE_CHECKING:
    from archlint.frameworks.pydantic.fields import ModelField
    from archlint.project.flow.flow import Flow
    from archlint.project.module import Module
    from archlint.project.project import Project

_BASES = frozenset({"BaseModel", "GenericModel", "SQLModel"})


class Wanted(msgspec.Struct, frozen=True):
    """What an annotation promises."""

    value: Value
    given: Mapping[str, Value] = MappingProxyType({})
    """What the variables of its class stand for: `T`."""

    @property
    def cls(self) -> ProjectClass | None:
        """The one class of the project that it speaks of, alone or in a list."""
        value = self.value.of if isinstance(self.value, Many) else self.value
        classes = [
            option.of
            for option in something(value)
            if isinstance(option, Object) and isinstance(option.of, ProjectClass)
        ]
        if not classes and isinstance(self.value, Either):
            lists = [option for option in something(self.value) if isinstance(option, Many)]
            return Wanted(lists[0]).cls if len(lists) == 1 else None
        return classes[0] if len(classes) == 1 else None


def wanted(flow: Flow, module: Module, annotation: Expression | None) -> Wanted:
    """What an annotation in a file promises."""
    site = flow.site(module)
    found = Wanted(flow.promises.of(site, annotation))
    if not isinstance(annotation, Subscript) or found.cls is None:
        return found
    variables = _variables(found.cls)
    index = annotation.index
    arguments = index.items if isinstance(index, Collection) else (index,)
    if len(variables) != len(arguments):
        return found
    values = [flow.promises.of(site, argument) for argument in arguments]
    return Wanted(found.value, dict(zip(variables, values, strict=True)))


def wanted_by(flow: Flow, field: ModelField, given: Mapping[str, Value]) -> Wanted:
    """What a field of a model promises; `given` is what the variables of the model stand for."""
    said = names_in([field.annotation]) if given else ()
    for variable, value in given.items():
        if variable in said:
            return Wanted(value)
    return wanted(flow, field.owner.module, field.annotation)


def is_model(project: Project, cls: ProjectClass) -> bool:
    """Whether a class is a model of Pydantic."""
    order = project.view(ClassHierarchy).order(cls)
    return any(isinstance(each, External) and each.name.rpartition(".")[2] in _BASES for each in order)


def _variables(cls: ProjectClass) -> tuple[str, ...]:
    """The variables of a generic class, as `Generic[K, V]` lists them."""
    for base in cls.fact.bases:
        if isinstance(base, Subscript) and last_name(base.value) == "Generic":
            index = base.index
            listed = index.items if isinstance(index, Collection) else (index,)
            return tuple(each.id for each in listed if isinstance(each, Name))
    return ()
