"""What serializers are given to write out, besides objects of the model that their `Meta` names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models import DjangoModels
from archlint.frameworks.django.query.kinship import strangers
from archlint.frameworks.django.query.objects import ModelObject
from archlint.frameworks.drf.foreign_objects import is_given_foreign
from archlint.frameworks.drf.given_rows import given_rows
from archlint.frameworks.drf.serialized import serialized
from archlint.frameworks.drf.serializers import Serializers
from archlint.frameworks.drf.view_serializers import class_of
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Value, only

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.project import Project


class GivenObjects:
    """Answers for serializers. The fields that they declare read whatever they are given."""

    def __init__(self, project: Project) -> None:
        self._project = project
        models = project.view(DjangoModels)
        known = {one.cls: one.model for one in project.view(Serializers) if one.is_model and one.model}
        self._misled = set(given_rows(project))
        for cls, value in _given(project):
            model = known.get(cls)
            if model is not None and strangers(models, value, model):
                self._misled.add(cls)

    @classmethod
    def build(cls, project: Project) -> GivenObjects:
        """The view of a project."""
        return cls(project)

    def are_others(self, serializer: ProjectClass) -> bool:
        """Whether a serializer is given objects that are none of its model."""
        return serializer in self._misled or is_given_foreign(self._project, serializer)


def _given(project: Project) -> Iterator[tuple[ProjectClass, Value]]:
    """Every serializer with what it is seen to be given."""
    for one in serialized(project):
        yield from ((one.serializer, ModelObject(each.model)) for each in one.sets)
    for _, event in project.view(DataFlow).events(Called):
        given = event.arguments.get("instance", 0)
        cls = class_of(event.callee) if only(given, ModelObject) else None
        if cls is not None and given is not None:
            yield cls, given
