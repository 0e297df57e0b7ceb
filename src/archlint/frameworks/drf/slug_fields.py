"""The attributes by which fields of serializers stand for related objects: `slug_field="code"`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, written_text
from archlint.facts.outline import last_name
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.drf.serializers import Serializer, SerializerField, Serializers
from archlint.project.files.test_code import is_test
from archlint.project.flow.values import only
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.project.project import Project

_KIND = "SlugRelatedField"
_OPTION = "slug_field"


class SlugField(msgspec.Struct, frozen=True):
    """One field that names an attribute of another model."""

    field: SerializerField
    model: DjangoModel
    slug: str


def slug_fields(project: Project) -> Iterator[SlugField]:
    """Those of which the model and the attribute are known, each once."""
    met: set[int] = set()
    for serializer in project.view(Serializers):
        for field in serializer.fields.values() if not is_test(serializer.cls.module.path) else ():
            if field.kind != _KIND or id(field.form) in met:
                continue
            met.add(id(field.form))
            slug, model = _slug(project, field), _model(project, serializer, field)
            if slug and model is not None:
                yield SlugField(field, model, slug.partition("__")[0])


def _slug(project: Project, field: SerializerField) -> str:
    """The attribute, where the field is told of it or its class always passes it on; else empty."""
    given = field.option(_OPTION)
    if field.cls is None and field.form.arguments:
        given = field.form.arguments[0]
    if given is not None or field.cls is None:
        return written_text(given) or ""
    found = project.view(ClassValues).of(field.cls, "__init__")
    if found is None or found.function is None or field.may_be_set(""):
        return ""
    calls = [site.call for site in project.view(Functions).summary(found.function).calls]
    said = {text for call in calls for text in (_passed_on(call),) if text}
    return said.pop() if len(said) == 1 else ""


def _passed_on(call: Call) -> str:
    """`super().__init__(slug_field="code", **options)`, `options.setdefault("slug_field", "code")`."""
    name = last_name(call.function)
    if name == "setdefault" and len(call.arguments) > 1 and written_text(call.arguments[0]) == _OPTION:
        return written_text(call.arguments[1]) or ""
    given = next((each.value for each in call.keywords if each.name == _OPTION), None)
    return written_text(given) or "" if name == "__init__" else ""


def _model(project: Project, serializer: Serializer, field: SerializerField) -> DjangoModel | None:
    """The model of the query set, or the one that the relation of that name leads to."""
    models = project.view(DjangoModels)
    given = field.option("queryset")
    if given is not None:
        sets = only(project.view(DataFlow).flow.site(field.module).of(given), QuerySet)
        found = models.model(sets[0].model) if len(sets) == 1 else None
        return found if isinstance(found, DjangoModel) else None
    if serializer.model is None or field.may_be_set("source", "queryset", ""):
        return None
    relation = serializer.model.relations.get(field.name)
    found = models.model(relation.target) if relation is not None else None
    return found if isinstance(found, DjangoModel) else None
