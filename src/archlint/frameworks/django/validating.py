"""The methods of forms and serializers whose result takes the place of what they validate.

https://docs.djangoproject.com/en/5.2/ref/forms/validation/ and
https://www.django-rest-framework.org/api-guide/serializers/#validation
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.listed import Listed
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project

_FORMS = "django.forms."
_SERIALIZERS = "rest_framework.serializers."
_WHOLE = "validate"


def validating(project: Project) -> Iterator[ProjectFunction]:
    """Those of classes whose bases are known, for fields that the class has."""
    values = project.view(ClassValues)
    for module in project.modules:
        for index, fact in enumerate(module.classes):
            cls = ProjectClass(module, index)
            outside = values.outside(cls) or () if fact.bases else ()
            is_serializer = any(name.startswith(_SERIALIZERS) for name in outside)
            if not is_serializer and not any(name.startswith(_FORMS) for name in outside):
                continue
            prefix = "validate_" if is_serializer else "clean_"
            for member in fact.members:
                if member.kind is not Kind.FUNCTION:
                    continue
                is_whole = is_serializer and member.name == _WHOLE
                if is_whole or (
                    member.name.startswith(prefix)
                    and member.name.removeprefix(prefix) in _fields(project, cls)
                ):
                    yield ProjectFunction(module, member.index)


def _fields(project: Project, cls: ProjectClass) -> set[str]:
    """The names that class bodies declare, and that `Meta.fields` lists."""
    values = project.view(ClassValues)
    order = project.view(ClassHierarchy).order(cls)
    own = [one for one in order if isinstance(one, ProjectClass)]
    found = {m.name for one in own for m in one.fact.members if m.kind is Kind.VALUE}
    meta = values.of(cls, "Meta")
    if meta is not None and meta.binding.kind is Kind.CLASS:
        listed = values.of(ProjectClass(meta.holder.module, meta.binding.index), "fields")
        found |= {one.name for one in project.view(Listed).of(listed).names} if listed is not None else set()
    return found
