"""What a form of a model may list, and the forms that functions make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Collection, Expression, Literal
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.models.spelling import MODELS
from archlint.frameworks.django.query.expected import is_caught
from archlint.frameworks.django.query.objects.model_object import ModelClass
from archlint.frameworks.django.refusals.refused import CAUGHT
from archlint.frameworks.orm import Relation
from archlint.project.answer import External
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Value, all_texts

if TYPE_CHECKING:
    from archlint.frameworks.orm import Member
    from archlint.project.module import Module
    from archlint.project.project import Project

_FACTORIES = {"modelform_factory": (0, 2), "modelformset_factory": (0, -1), "inlineformset_factory": (1, 5)}
"""Functions that make forms, and at which position each takes the model and the fields."""

_DATED = ("auto_now", "auto_now_add")


class MadeForm(msgspec.Struct, frozen=True):
    """A form that a function makes of a model: its fields are the model's."""

    model: DjangoModel
    module: Module
    names: tuple[tuple[str, Expression], ...]
    """The fields, each with where it is written."""


def is_editable(member: Member) -> bool:
    """Whether a form can show a field; where nobody can tell, it can."""
    if isinstance(member, Relation) and member.is_reverse:
        return True
    if not member.kind.startswith(MODELS) or getattr(member, "cls", None) is not None:
        return True
    given = {name: value.value for name, value in member.options.items() if isinstance(value, Literal)}
    is_computed = member.kind == f"{MODELS}.GeneratedField" or any(given.get(name) is True for name in _DATED)
    return given.get("editable") is not False and not is_computed


def made_forms(project: Project) -> Iterator[MadeForm]:
    """What `modelform_factory` and its kin are given, where no class of forms adds to it."""
    models = project.view(DjangoModels)
    for trace, event in project.view(DataFlow).events(Called):
        name = event.callee.name if isinstance(event.callee, External) else ""
        asked = _FACTORIES.get(name.rpartition(".")[2]) if name.startswith("django.forms.") else None
        if asked is None or is_caught(event, CAUGHT):
            continue
        at, fields_at = asked
        made_of, fields = event.arguments.get("model", at), event.arguments.get("fields", fields_at)
        if not isinstance(made_of, ModelClass) or fields is None or event.arguments.is_open:
            continue
        model = models.model(made_of.model)
        is_plain = event.arguments.get("form", at + 1) is None
        if isinstance(model, DjangoModel) and is_plain:
            yield MadeForm(model, trace.module, _written(fields, event, fields_at))


def _written(fields: Value, event: Called, at: int) -> tuple[tuple[str, Expression], ...]:
    """The names of a list, each where it is written itself, else where the function is called."""
    form: Expression = event.form
    for keyword in event.form.keywords:
        form = keyword.value if keyword.name == "fields" else form
    if 0 <= at < len(event.form.arguments):
        form = event.form.arguments[at]
    texts = all_texts(getattr(fields, "items", ()))
    items = form.items if isinstance(form, Collection) else ()
    if len(items) != len(texts):
        return tuple((text, event.form) for text in texts)
    return tuple(zip(texts, items, strict=True))
