"""Serializers that write out rows instead of objects of their model: dicts, and what a view makes itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import says
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.query.sets.results import Row
from archlint.frameworks.drf.serializers import Serializers
from archlint.frameworks.drf.view_classes import ViewClasses
from archlint.frameworks.drf.view_serializers import serializers_of
from archlint.project.classes import ProjectClass, class_itself
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Entries, Items, Many, Object, Value, something

if TYPE_CHECKING:
    from archlint.project.project import Project


def given_rows(project: Project) -> frozenset[ProjectClass]:
    """All serializers that are given such rows, and those that are nested in them."""
    serializers = project.view(Serializers)
    waiting = [*_of_calls(project), *_of_bare_views(project)]
    found: set[ProjectClass] = set()
    while waiting:
        cls = waiting.pop()
        one = serializers.of(cls)
        if cls in found or one is None:
            continue
        found.add(cls)
        waiting += [field.cls for field in one.fields.values() if field.cls is not None]
    return frozenset(found)


def _of_calls(project: Project) -> Iterator[ProjectClass]:
    """`OrderSerializer(orders.values(…), many=True)`, `self.get_serializer({…})`."""
    flow = project.view(DataFlow)
    for trace, event in flow.events(Called):
        given = event.arguments.get("instance", 0)
        if given is None or not _has_rows(given):
            continue
        cls = class_itself(event.callee)
        if cls is not None:
            yield cls
        elif event.name == "get_serializer" and isinstance(event.receiver, Object):
            yield from serializers_of(event.receiver, flow.flow.site(trace.module))


def _of_bare_views(project: Project) -> Iterator[ProjectClass]:
    """Those of views that say `queryset = None`: what they list is not read from the model as it is."""
    views, values = project.view(ViewClasses), project.view(ClassValues)
    flow = project.view(DataFlow).flow
    for module in project.modules:
        for index, fact in enumerate(module.classes):
            cls = ProjectClass(module, index)
            said = values.own(cls, "queryset") if fact.bases else None
            is_bare = said is not None and says(said.value, None)
            if is_bare and values.of(cls, "get_queryset") is None and views.of(cls) is not None:
                yield from serializers_of(Object(cls, ()), flow.site(module))


def _has_rows(value: Value) -> bool:
    """Whether a value may be a dict, or some of them."""
    for option in something(value):
        if isinstance(option, (Entries, Row)) or (isinstance(option, QuerySet) and option.shape != "objects"):
            return True
        if isinstance(option, Many) and _has_rows(option.of):
            return True
        if isinstance(option, Items) and any(map(_has_rows, option.items)):
            return True
    return False
