"""Which query sets are written out by which serializers: in views that list, and where code says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.made_sets import filtered_query_set
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.drf.serialized_rows import Serialized, said_at
from archlint.frameworks.drf.view_classes import ViewClasses
from archlint.frameworks.drf.view_serializers import each_possible, serializers_in
from archlint.frameworks.drf.working_views import at_work
from archlint.project.classes import ProjectClass, class_itself
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Constant, Either, Many, Object, Value, only, something

if TYPE_CHECKING:
    from archlint.project.project import Project


def serialized(project: Project) -> Iterator[Serialized]:
    """Those of serializers."""
    yield from _of_views(project)
    yield from _of_calls(project)


def written_rows(project: Project) -> Iterator[Serialized]:
    """With what schemas are given."""
    from archlint.frameworks.django.schemas.given import given_to_schemas

    yield from serialized(project)
    yield from given_to_schemas(project)


def _of_views(project: Project) -> Iterator[Serialized]:
    views, values = project.view(ViewClasses), project.view(ClassValues)
    data_flow = project.view(DataFlow)
    for module in project.modules:
        for index, fact in enumerate(module.classes):
            cls = ProjectClass(module, index)
            kind = views.of(cls) if fact.bases else None
            if kind is None or not kind.is_generic:
                continue
            site = data_flow.flow.site(module)
            for action, is_many in (("list", True), ("retrieve", False)):
                if action not in kind.actions or values.of(cls, action) is not None:
                    continue
                view = at_work(cls, action, site, is_set=kind.is_set)
                result, trace = filtered_query_set(project, view, site)
                sets = _filled(query_sets(result))
                for serializer in each_possible(view, site) if sets else ():
                    yield Serialized(sets, serializer, is_many, module, fact.line, fact.column, trace)


def _one(found: list[ProjectClass]) -> list[ProjectClass]:
    """The serializer of a view, where it has only one."""
    return found if len(found) == 1 else []


def _of_calls(project: Project) -> Iterator[Serialized]:
    """`OrderSerializer(orders, many=True)`, `self.get_serializer(orders, many=True)`."""
    flow = project.view(DataFlow)
    for trace, event in flow.events(Called):
        if event.arguments.get("many") != Constant(True):
            continue
        sets = _filled(rows_of(event.arguments.get("instance", 0)))
        if not sets:
            continue
        cls = class_itself(event.callee)
        found = [cls] if cls is not None else []
        if event.name == "get_serializer" and isinstance(event.receiver, Object):
            found = _one(serializers_in(trace.function, event.receiver, flow.flow.site(trace.module)))
        line, column = said_at(event.form)
        for serializer in found:
            yield Serialized(sets, serializer, True, trace.module, line, column, trace)


def handed_on(run: Trace) -> Iterator[tuple[ProjectClass, ModelObject]]:
    """The classes that a run calls with an object or with rows, each with one of these.

    `ItemSerializer(order.items.all(), many=True).data` in a method of the serializer of the order.
    """
    for event in run.events:
        cls = class_itself(event.callee) if isinstance(event, Called) else None
        if cls is None or not isinstance(event, Called):
            continue
        given = event.arguments.get("instance", 0)
        if event.arguments.get("many") != Constant(True):
            yield from ((cls, one) for one in only(given, ModelObject)[:1])
            continue
        for one in query_sets(given) or ():
            row = one.row()
            if isinstance(row, ModelObject):
                yield cls, row


def rows_of(value: Value | None) -> tuple[QuerySet, ...] | None:
    """The query sets of rows, and of pages of rows: `page if page is not None else orders`."""
    if isinstance(value, Either):
        found = [rows_of(option) for option in something(value)]
        known = [sets for sets in found if sets is not None]
        is_whole = len(known) == len(found)
        return tuple(dict.fromkeys(one for sets in known for one in sets)) if is_whole else None
    if isinstance(value, Many) and isinstance(value.of, ModelObject) and value.of.source is not None:
        return None if value.of.way else (value.of.source,)
    sets = query_sets(value)
    return None if sets is None or any(one.is_manager for one in sets) else sets


def _filled(sets: tuple[QuerySet, ...] | None) -> tuple[QuerySet, ...]:
    """Those that may have rows: `none()` is for whoever may see nothing."""
    return tuple(one for one in sets or () if not one.is_empty)
