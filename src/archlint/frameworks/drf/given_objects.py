"""What serializers are given to write out, besides objects of the model that their `Meta` names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.query.objects.kinship import strangers
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.drf.foreign_objects import is_given_foreign
from archlint.frameworks.drf.given_rows import given_rows
from archlint.frameworks.drf.serialized import serialized
from archlint.frameworks.drf.serializers import Serializers
from archlint.project.classes import class_itself
from archlint.project.flow.trace import Called
from archlint.project.flow.values import only

if TYPE_CHECKING:
    from archlint.frameworks.django.query.sets.query_set import QuerySet
    from archlint.project.classes import ProjectClass
    from archlint.project.flow.values import Value
    from archlint.project.project import Project


class GivenObjects:
    """Answers for serializers. The fields that they declare read whatever they are given."""

    def __init__(self, project: Project) -> None:
        self._project = project
        models = project.view(DjangoModels)
        known = {one.cls: one.model for one in project.view(Serializers) if one.is_model and one.model}
        self._misled = set(given_rows(project))
        self._shown: dict[ProjectClass, set[str]] = {}
        for cls, value in _given(project):
            model = known.get(cls)
            if model is not None and strangers(models, value, model):
                self._misled.add(cls)
            if cls not in known:
                self._shown.setdefault(cls, set()).update(one.model for one in only(value, ModelObject))

    @classmethod
    def build(cls, project: Project) -> GivenObjects:
        """The view of a project."""
        return cls(project)

    def are_others(self, serializer: ProjectClass) -> bool:
        """Whether a serializer is given objects that are none of its model."""
        return serializer in self._misled or is_given_foreign(self._project, serializer)

    def model_of(self, serializer: ProjectClass) -> str:
        """The key of the one model whose objects a serializer without a model of its own is given."""
        shown = self._shown.get(serializer, set())
        return next(iter(shown)) if len(shown) == 1 and not self.are_others(serializer) else ""


def _given(project: Project) -> Iterator[tuple[ProjectClass, Value]]:
    """Every serializer with what it is seen to be given."""
    for one in serialized(project):
        rows = map(_row, one.sets)
        yield from ((one.serializer, row) for row in rows if row is not None)
    for _, event in project.view(DataFlow).events(Called):
        given = event.arguments.get("instance", 0)
        is_read = event.arguments.get("data") is None
        cls = class_itself(event.callee) if is_read and only(given, ModelObject) else None
        if cls is not None and given is not None:
            yield cls, given


def _row(of: QuerySet) -> ModelObject | None:
    """An object of a query set that gives objects."""
    row = of.row()
    return row if isinstance(row, ModelObject) else None
