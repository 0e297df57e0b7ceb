"""What schemas cannot be made without, and whether the objects have it that they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.attributes import Attributes
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.schemas.read_fields import ReadFields, column_of

if TYPE_CHECKING:
    from archlint.frameworks.pydantic.fields import ModelField
    from archlint.project.classes import ProjectClass
    from archlint.project.project import Project

_DEEPEST = 4


class NeededField(msgspec.Struct, frozen=True):
    """A field without a default, and the model whose object it reads."""

    schema: ProjectClass
    field: ModelField
    model: DjangoModel
    name: str
    """The attribute that it reads."""

    is_there: bool | None
    """None where nobody can tell."""

    @property
    def column(self) -> int:
        """Where its line says the name."""
        return column_of(self.field)


def needed_fields(project: Project) -> Iterator[NeededField]:
    """For every schema that is made of objects, what it needs of them and of what they are related to."""
    from archlint.frameworks.django.schemas.given import given_to_schemas

    walk = _Walk(project)
    for where in given_to_schemas(project):
        rows = [one.row("row") for one in where.sets if not one.is_empty]
        known = [row for row in rows if isinstance(row, ModelObject)]
        if len({row.model for row in known}) == 1 and len(known) == len(rows):
            yield from walk.of(where.serializer, known, 0)


class _Walk:
    def __init__(self, project: Project) -> None:
        self._schemas = project.view(ReadFields)
        self._attributes, self._models = project.view(Attributes), project.view(DjangoModels)
        self._flow = project.view(DataFlow).flow

    def of(self, schema: ProjectClass, rows: list[ModelObject], depth: int) -> Iterator[NeededField]:
        """What a schema needs of objects of one model."""
        model = self._models.model(rows[0].model)
        if not isinstance(model, DjangoModel):
            return
        for field, name in self._schemas.needed(schema):
            names = dict.fromkeys((name, field.name))  # a field with an alias may take either
            answers = [self._attributes.has(row, one) for row in rows for one in names]
            is_there = False if all(one is False for one in answers) else (True if any(answers) else None)
            yield NeededField(schema, field, model, name, is_there)
            nested = self._schemas.nested(field) if depth < _DEEPEST else None
            below = self._related(schema, rows[0], model, name) if nested is not None else None
            if nested is not None and below is not None:
                yield from self.of(nested, [below], depth + 1)

    def _related(
        self, schema: ProjectClass, row: ModelObject, model: DjangoModel, name: str
    ) -> ModelObject | None:
        relation = model.relations.get(name)
        if relation is None:
            return None
        site = self._flow.site(schema.module)
        value = row.related(relation, site)
        begun = value.begun(site) if isinstance(value, QuerySet) else value
        found = begun.row() if isinstance(begun, QuerySet) else begun
        return found if isinstance(found, ModelObject) else None
