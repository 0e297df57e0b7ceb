"""The plain fields that serializers and schemas write out of each row, and that the query set left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.deferring import is_deferred
from archlint.frameworks.drf.serialized import written_rows
from archlint.frameworks.drf.serialized_rows import Serialized
from archlint.frameworks.drf.written_fields import WrittenField
from archlint.frameworks.drf.written_out import fields_read

if TYPE_CHECKING:
    from archlint.project.project import Project


def deferred_in_serializers(project: Project) -> Iterator[tuple[Serialized, WrittenField, ModelObject]]:
    """Each field with a row that lacks it. Of what code reads in methods, the loop around it is told of."""
    models = project.view(DjangoModels)
    for where in written_rows(project):
        if not where.is_many or not where.sets or any(one.deferring is None for one in where.sets):
            continue
        rows = [one.row() for one in where.sets]
        for field in fields_read(project, where.serializer) or ():
            if len(field.source) == 1 and all(_is_left_out(models, row, field.source[0]) for row in rows):
                row = rows[0]
                if isinstance(row, ModelObject):
                    yield where, field, row


def _is_left_out(models: DjangoModels, row: object, name: str) -> bool:
    model = models.model(row.model) if isinstance(row, ModelObject) else None
    return isinstance(row, ModelObject) and isinstance(model, DjangoModel) and is_deferred(row, model, name)
