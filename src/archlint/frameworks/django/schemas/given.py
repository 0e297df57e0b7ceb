"""The objects of models that schemas are made of: by calls that say so, and by what operations return."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.schemas.read_fields import ReadFields
from archlint.frameworks.drf.serialized import rows_of
from archlint.frameworks.drf.serialized_rows import Serialized, said_at
from archlint.frameworks.ninja.operations import operations
from archlint.frameworks.pydantic.wanted import wanted
from archlint.project.classes import class_itself
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Items, Many, Value, only, something

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.module import Module
    from archlint.project.project import Project

_MAKING = frozenset({"model_validate", "from_orm"})


def given_to_schemas(project: Project) -> Iterator[Serialized]:
    """Every schema with the query sets whose objects it is made of."""
    schemas = project.view(ReadFields)
    for found in (*_converted(project), *_answered(project)):
        if schemas.is_schema(found.serializer):
            yield found


def _converted(project: Project) -> Iterator[Serialized]:
    """`OrderOut.model_validate(order)`, for one order or in a loop over many."""
    for trace, event in project.view(DataFlow).events(Called):
        cls = class_itself(event.receiver) if event.name in _MAKING and event.receiver is not None else None
        given = event.arguments.get("obj", 0)
        if cls is not None and given is not None:
            line, column = said_at(event.form)
            yield from _of_object(cls, given, trace.module, line, column, trace)


def _answered(project: Project) -> Iterator[Serialized]:
    """What the operations of Django Ninja return."""
    data_flow = project.view(DataFlow)
    for operation in operations(project):
        function = operation.function
        asked = wanted(data_flow.flow, function.module, operation.response)
        cls = asked.cls
        if cls is None:
            continue
        is_many = any(isinstance(one, Many) for one in something(asked.value))
        fact, trace = function.fact, data_flow.flow.root(function)
        for way in (way for way in trace.exits if way.how == "return"):
            value = _without_status(way.value)
            if not is_many:
                yield from _of_object(cls, value, function.module, way.line, 0, trace)
                continue
            sets = rows_of(value)
            if sets:
                yield Serialized(sets, cls, True, function.module, fact.line, fact.column, trace)


def _of_object(
    cls: ProjectClass, given: Value, module: Module, line: int, column: int, trace: Trace
) -> Iterator[Serialized]:
    rows = only(given, ModelObject)
    sources = {row.source for row in rows if row.source is not None}
    if len(sources) == 1 and not any(row.way for row in rows):
        is_many = all(row.how == "row" for row in rows)
        yield Serialized(tuple(sources), cls, is_many, module, line, column, trace)


def _without_status(value: Value) -> Value:
    """`201, order`."""
    if isinstance(value, Items) and value.kind == "tuple" and len(value.items) == 2:
        return value.items[1]
    return value
