"""Texts that are given to a relation to many, where it takes objects or their keys, which are numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Collection, Comprehension, Expression, Starred
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.objects.related_managers import (
    TAKE_OBJECTS,
    each_given,
    relation_behind,
)
from archlint.frameworks.django.query.sets.columns import Columns
from archlint.frameworks.django.query.sets.results import Row
from archlint.frameworks.places.expressions import place, spot
from archlint.project.flow.trace import Called, Read, Trace
from archlint.project.flow.values import Constant, Value, only, something

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.frameworks.orm import Relation
    from archlint.project.project import Project


class GivenText(msgspec.Struct, frozen=True):
    """A text that is given to a relation."""

    relation: Relation
    text: str
    """The text, or the name of the field that it is taken from."""

    location: Location


def given_texts(project: Project) -> Iterator[GivenText]:
    """Every text that is surely given to a relation whose target has numbers for keys."""
    texts = _Texts(project)
    for trace, event in project.view(DataFlow).events(Called):
        if event.name in TAKE_OBJECTS and isinstance(event.form, Call):
            relation = relation_behind(texts.models, event)
            text = texts.of(trace, event) if relation is not None and texts.has_numbers(relation) else ""
            if relation is not None and text:
                yield GivenText(relation, text, spot(project, trace.module, event.form))


class _Texts:
    def __init__(self, project: Project) -> None:
        self.models = project.view(DjangoModels)
        self._columns = Columns(self.models)
        self._flow = project.view(DataFlow).flow

    def has_numbers(self, relation: Relation) -> bool:
        """Whether the keys of what a relation leads to are surely numbers."""
        target = self.models.model(relation.target)
        joining = self.models.model(relation.through) if relation.through else None
        if joining is not None and any("to_field" in one.options for one in joining.relations.values()):
            return False  # what joins the two may hold another field than the key
        return (
            isinstance(target, DjangoModel)
            and not target.is_open
            and self._columns.member(target, "pk") == "int"
        )

    def of(self, trace: Trace, event: Called) -> str:
        """The first text among what a call gives; empty for none."""
        assert isinstance(event.form, Call)
        for value in event.arguments.positional:
            for one in each_given(value, self._flow.site(trace.module)):
                texts = [self._text(option) for option in something(one)]
                if texts and all(texts):
                    return texts[0]
        for form in event.form.arguments:
            for element in _elements(form):
                text = self._read(trace, element)
                if text:
                    return text
        return ""

    def _text(self, value: Value) -> str:
        if isinstance(value, Constant) and isinstance(value.value, str):
            return "" if value.value.isdigit() else f'"{value.value}"'
        if isinstance(value, Row) and value.source.shape == "flat" and self._columns.class_of(value) == "str":
            return f"`{value.source.columns[0]}`"
        return ""

    def _read(self, trace: Trace, form: Expression) -> str:
        """`label.name`, which is a text where its model says so."""
        if not isinstance(form, Attribute):
            return ""
        for event in trace.events:
            if isinstance(event, Read) and place(event.form) == place(form) and event.name == form.attr:
                objects = only(event.receiver, ModelObject)
                model = self.models.model(objects[0].model) if objects else None
                is_text = isinstance(model, DjangoModel) and self._columns.member(model, form.attr) == "str"
                return f"`{form.attr}`" if is_text else ""
        return ""


def _elements(form: Expression) -> tuple[Expression, ...]:
    """What is given by an argument, one by one."""
    if isinstance(form, Starred):
        form = form.value
    if isinstance(form, Comprehension):
        return (form.element,) if form.kind != "dict" else ()
    return form.items if isinstance(form, Collection) else (form,)
