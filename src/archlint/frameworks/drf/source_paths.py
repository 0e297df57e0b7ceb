"""Following the sources of serializer fields: `customer.name`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.annotated_names import AnnotatedNames
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.attributes import Attributes
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.drf.serializers import METHOD, Serializer, SerializerField, Serializers
from archlint.frameworks.orm import Relation
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.frameworks.drf.given_objects import GivenObjects
    from archlint.project.project import Project

_SKIPPING = ("default", "required", "allow_null")
"""Arguments with which a field may do without a value."""

_SOURCELESS = frozenset({"", METHOD, "HiddenField", "HyperlinkedIdentityField"})
"""Kinds of fields that take nothing from an object, or all of it, or of which nobody can tell."""


class Verdict(Enum):
    """What became of a path."""

    FOUND = "found"
    UNKNOWN = "unknown"
    MISSING = "missing"


class SourcePath(msgspec.Struct, frozen=True):
    """The source of one field, followed from the model of its serializer."""

    field: SerializerField
    verdict: Verdict
    model: DjangoModel
    """The last model on the way."""

    part: str = ""
    """What is missing there."""

    candidates: tuple[str, ...] = ()
    may_be_skipped: bool = False
    """REST framework leaves the field out where there is no value."""


def source_paths(project: Project, given: GivenObjects) -> Iterator[SourcePath]:
    """The sources of all declared fields, each once, those without `source` by their own names.

    `given` tells what is written out by serializers that name no model.
    """
    met: set[int] = set()
    for serializer in project.view(Serializers):
        model = serializer.model if serializer.is_model else _written_out(project, given, serializer)
        if model is None or model.is_abstract:
            continue
        if _converts(project, serializer) or is_test(serializer.cls.module.path):
            continue
        for field in serializer.fields.values():
            source = _source(field)
            if source is None or id(field.form) in met or field.kind in _SOURCELESS:
                continue
            met.add(id(field.form))
            if field.is_set("write_only") or (field.cls is not None and not field.is_nested):
                continue
            if _sets_source(project, field):
                continue
            yield _followed(project, field, model, source.split("."))


def _written_out(project: Project, given: GivenObjects, serializer: Serializer) -> DjangoModel | None:
    """The model of what a plain serializer is given to write out."""
    model = project.view(DjangoModels).model(given.model_of(serializer.cls))
    return model if isinstance(model, DjangoModel) else None


def _followed(project: Project, field: SerializerField, model: DjangoModel, parts: list[str]) -> SourcePath:
    models, attributes = project.view(DjangoModels), project.view(Attributes)
    annotated = project.view(AnnotatedNames).names
    skipped = field.is_set("read_only") or field.may_be_set(*_SKIPPING) or field.is_read_only is True
    for part in parts:
        has = attributes.has(ModelObject(model.key), part)
        if has is None or (not has and part in annotated):
            return SourcePath(field, Verdict.UNKNOWN, model)
        if not has:
            known = attributes.names(model)
            return SourcePath(field, Verdict.MISSING, model, part, known, skipped)
        relation = model.relations.get(part)
        target = models.model(relation.target) if isinstance(relation, Relation) else None
        if not isinstance(target, DjangoModel) or (
            relation is not None and relation.cardinality.is_collection
        ):
            return SourcePath(field, Verdict.FOUND, model, may_be_skipped=skipped)
        model = target
    return SourcePath(field, Verdict.FOUND, model, may_be_skipped=skipped)


def _source(field: SerializerField) -> str | None:
    """What a field reads; None where it reads the whole object, or nobody can tell."""
    given = field.option("source")
    if given is None:
        return None if field.may_be_set("") or field.is_set("write_only") else field.name
    if not isinstance(given, Literal) or not isinstance(given.value, str) or given.value == "*":
        return None
    return given.value


def _sets_source(project: Project, field: SerializerField) -> bool:
    """Whether a nested serializer says itself what it reads: `super().__init__(source="*")`."""
    constructor = project.view(ClassValues).of(field.cls, "__init__") if field.cls is not None else None
    function = constructor.function if constructor is not None else None
    return function is not None and function.module.mentions(function.fact, "source")


def _converts(project: Project, serializer: Serializer) -> bool:
    """Whether a serializer reads its objects in its own way."""
    values = project.view(ClassValues)
    found = (values.of(serializer.cls, name) for name in ("to_representation", "to_internal_value", "data"))
    return any(one is not None and not _hands_over(project, one) for one in found)


def _hands_over(project: Project, own: ClassValue) -> bool:
    """Whether a `to_representation` lets that of the framework read the very object that it is given.

    With all fields: it does not ask for these.
    """
    method = own.function
    if method is None or own.binding.name != "to_representation" or len(method.fact.parameters) != _TWO:
        return False
    given = method.fact.parameters[1].name
    summary = project.view(Functions).summary(method)
    if given in summary.bound or any(_is_named(target.value, given) for target, _ in summary.stored):
        return False
    if method.module.mentions(method.fact, "fields"):
        return False  # `self.fields.pop("code")`
    return any(
        isinstance(site.call.function, Attribute)
        and site.call.function.attr == "to_representation"
        and isinstance(site.call.function.value, Call)
        and any(_is_named(one, given) for one in site.call.arguments)
        for site in summary.calls
    )


_TWO = 2
"""`self` and the object."""


def _is_named(form: Expression, name: str) -> bool:
    return isinstance(form, Name) and form.id == name
