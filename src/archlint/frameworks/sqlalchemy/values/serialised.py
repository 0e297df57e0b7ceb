"""Attributes that a model of Pydantic reads when an object of a mapped class is made into one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.fastapi.responses import response_type
from archlint.frameworks.pydantic.fields import ModelField, fields_of
from archlint.frameworks.sqlalchemy.values.instances import Collection, Instance
from archlint.frameworks.sqlalchemy.values.property_reads import Properties
from archlint.frameworks.sqlalchemy.values.rows import Rows, alone
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ProjectClass
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Either, Items, Many, Object, Value, alternatives, something

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.project import Project

_MAKING = frozenset({"model_validate", "from_orm"})
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where objects are made into models."""

    trace: Trace
    line: int
    form: Expression | None
    """The call that does it; None where a handler returns them."""

    state: Mapping[object, object]


@dataclass(frozen=True, slots=True)
class Serialised:
    """One attribute of an object, and the field that asks for it."""

    at: Occasion
    instance: Instance
    name: str
    field: ModelField
    """The field that asks, for the attribute itself or for a property that reads it."""


class _Snapshot:
    """What was remembered at one point, to ask related objects for."""

    def __init__(self, remembered: Mapping[object, object]) -> None:
        self._remembered = remembered

    def state(self, key: object) -> object | None:
        """What is remembered about something."""
        return self._remembered.get(key)


def serialised(project: Project) -> Iterator[Serialised]:
    """What answers and explicit conversions read."""
    flow = project.view(DataFlow).flow
    for occasion, value, wanted in (*_answers(project, flow), *_conversions(project, flow)):
        for instance, cls in _pairs(value, wanted):
            yield from _read(flow, occasion, instance, cls, _DEEPEST)


def _answers(project: Project, flow: Flow) -> Iterator[tuple[Occasion, Value, Value]]:
    for trace in project.view(DataFlow).traces():
        if trace.function is None or not trace.function.fact.decorators:
            continue
        wanted = response_type(flow, trace.function)
        for way in trace.exits if wanted is not UNKNOWN else ():
            if way.how == "return":
                yield Occasion(trace, way.line, None, way.state), way.value, wanted


def _conversions(project: Project, flow: Flow) -> Iterator[tuple[Occasion, Value, Value]]:
    for trace, called in project.view(DataFlow).events(Called):
        if called.name in _MAKING and called.receiver is not None and called.arguments.positional:
            wanted = flow.instance_of(called.receiver, flow.site(trace.module))
            occasion = Occasion(trace, called.form.line, called.form, called.state)
            yield occasion, called.arguments.positional[0], wanted


def _read(
    flow: Flow, at: Occasion, instance: Instance, cls: ProjectClass, deepest: int
) -> Iterator[Serialised]:
    """The attributes that one class reads of one object, and those behind them."""
    model = instance.entity.model
    for field in fields_of(flow.project, cls):
        if field.name not in model.fields and field.name not in model.relations:
            for name in flow.project.view(Properties).reads(instance.entity, field.name):
                yield Serialised(at, instance, name, field)
            continue
        yield Serialised(at, instance, field.name, field)
        if field.name not in model.relations or not deepest:
            continue
        behind = instance.related(field.name, _Snapshot(at.state))  # type: ignore[arg-type]
        inside = flow.promises.of(flow.site(field.owner.module), field.annotation)
        for related, inner in _pairs(behind, inside):
            yield from _read(flow, at, related, inner, deepest - 1)


def _pairs(value: Value, wanted: Value) -> Iterator[tuple[Instance, ProjectClass]]:
    """The objects in a value, each with the class that it is made into."""
    classes = [
        option.of
        for option in something(wanted.of if isinstance(wanted, Many) else wanted)
        if isinstance(option, Object) and isinstance(option.of, ProjectClass)
    ]
    if len(classes) != 1:
        for option in something(wanted) if isinstance(wanted, Either) else ():
            if isinstance(option, Many):
                yield from _pairs(value, option)
        return
    for instance in _instances(value):
        if instance.how != "given":
            yield instance, classes[0]


def _instances(value: Value) -> Iterator[Instance]:
    for option in alternatives(value):
        if isinstance(option, Instance):
            yield option
        elif isinstance(option, (Rows, Many, Collection)):
            yield from _instances(option.of)
        elif isinstance(option, Items):
            for item in option.items:
                yield from _instances(alone(item))
