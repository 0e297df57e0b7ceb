"""What `Meta.fields` of a `ModelSchema` of Django Ninja lists.

https://django-ninja.dev/guides/response/django-pydantic/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.listed import Listed, ListedName
from archlint.project.classes import ProjectClass

if TYPE_CHECKING:
    from archlint.project.project import Project


class ListedField(msgspec.Struct, frozen=True):
    """One name that a schema takes from its model."""

    schema: ProjectClass
    model: DjangoModel
    name: ListedName


def listed_fields(project: Project) -> Iterator[ListedField]:
    """All of a project, where the model is known."""
    values, listed = project.view(ClassValues), project.view(Listed)
    for schema, meta in _with_meta(project):
        model = _model(project, meta)
        if model is None:
            continue
        for option in ("fields", "exclude"):
            said = values.of(meta, option)
            for name in listed.of(said).names if said is not None else ():
                yield ListedField(schema, model, name)


def _with_meta(project: Project) -> Iterator[tuple[ProjectClass, ProjectClass]]:
    values = project.view(ClassValues)
    for module in project.modules:
        for index, fact in enumerate(module.classes):
            if not any(member.name == "Meta" for member in fact.members):
                continue
            cls = ProjectClass(module, index)
            outside = values.outside(cls) or ()
            found = values.own(cls, "Meta")
            is_schema = any(name.startswith("ninja.") and name.endswith("ModelSchema") for name in outside)
            if is_schema and found is not None:
                yield cls, ProjectClass(module, found.binding.index)


def _model(project: Project, meta: ProjectClass) -> DjangoModel | None:
    models, said = project.view(DjangoModels), project.view(ClassValues).of(meta, "model")
    if said is None or said.value is None:
        return None
    scope = said.holder.fact.qualname
    key = models.references.expression(None, said.value, said.holder.module, scope).key
    model = models.model(key) if key else None
    return model if isinstance(model, DjangoModel) and not model.is_abstract else None
