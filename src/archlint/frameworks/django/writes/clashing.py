"""New rows that the database refuses where another one has the same value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Subscript
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels

if TYPE_CHECKING:
    from archlint.frameworks.django.loads.execution import Asked


def may_clash(models: DjangoModels, asked: Asked) -> bool:
    """Whether `create()` is given a value from outside for a field that has to be unique."""
    if asked.how != "create" or not asked.sets or asked.context.caught or not isinstance(asked.form, Call):
        return False
    model = models.model(asked.sets[0].model)
    if not isinstance(model, DjangoModel):
        return False
    for keyword in asked.form.keywords:
        field = model.fields.get(keyword.name)
        if field is not None and field.unique and not field.primary_key and _is_data(keyword.value):
            return True
    return False


def _is_data(value: Expression) -> bool:
    """Whether a value comes from a form or request, where nobody has looked whether it is there yet."""
    if not isinstance(value, Subscript):
        return False
    return isinstance(value.value, Attribute) and value.value.attr in ("POST", "GET", "data", "cleaned_data")
