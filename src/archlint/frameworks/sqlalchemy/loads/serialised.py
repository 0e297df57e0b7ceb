"""Attributes that a model of Pydantic reads when an object of a mapped class is made into one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Expression, Subscript
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.fastapi.responses import response_annotation
from archlint.frameworks.pydantic.adapters import MAKING, Adapter
from archlint.frameworks.pydantic.fields import ModelField, fields_of
from archlint.frameworks.pydantic.wanted import Wanted, is_model, wanted, wanted_by
from archlint.frameworks.sqlalchemy.loads.property_reads import Properties
from archlint.frameworks.sqlalchemy.values.instances import Collection, Instance
from archlint.frameworks.sqlalchemy.values.rows import Rows, alone
from archlint.project.answer import Definition
from archlint.project.classes import ProjectClass
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Entries, Items, Many, Object, Value, alternatives

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.project import Project

_MAKING = frozenset({"model_validate", "from_orm"})
_DEEPEST = 4


class Occasion(msgspec.Struct, frozen=True):
    """Where objects are made into models."""

    trace: Trace
    line: int
    form: Expression | None
    """The call that does it; None where a handler returns them."""

    state: Mapping[object, object]


class Serialised(msgspec.Struct, frozen=True):
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
    for occasion, value, asked in (*_answers(project, flow), *conversions(project, flow)):
        yield from _made(flow, occasion, value, asked, _DEEPEST)


def _answers(project: Project, flow: Flow) -> Iterator[tuple[Occasion, Value, Wanted]]:
    for trace in project.view(DataFlow).traces():
        if trace.function is None or not trace.function.fact.decorators:
            continue
        annotation = response_annotation(trace.function)
        asked = wanted(flow, trace.module, annotation) if annotation is not None else None
        for way in trace.exits if asked is not None else ():
            if way.how == "return" and asked is not None:
                yield Occasion(trace, way.line, None, way.state), way.value, asked


def conversions(project: Project, flow: Flow) -> Iterator[tuple[Occasion, Value, Wanted]]:
    """What code makes into models: by `model_validate`, by an adapter, by calls that name what they pass."""
    for trace, called in project.view(DataFlow).events(Called):
        if called.name in _MAKING and called.receiver is not None and called.arguments.positional:
            made = flow.instance_of(called.receiver, flow.site(trace.module))
            asked = _as_written(flow, trace, called, made)
            yield _occasion(trace, called), called.arguments.positional[0], asked
        elif called.name == MAKING and isinstance(called.receiver, Adapter):
            for value in called.arguments.positional[:1]:
                yield _occasion(trace, called), value, Wanted(called.receiver.makes)
        elif _is_made(project, called):
            asked = _as_written(flow, trace, called, called.result)
            yield _occasion(trace, called), Entries(called.arguments.named), asked


def _occasion(trace: Trace, called: Called) -> Occasion:
    return Occasion(trace, called.form.line, called.form, called.state)


def _is_made(project: Project, called: Called) -> bool:
    """Whether a call makes a model of what it passes by name."""
    if not isinstance(called.callee, Definition) or not isinstance(called.result, Object):
        return False
    return isinstance(called.result.of, ProjectClass) and is_model(project, called.result.of)


def _as_written(flow: Flow, trace: Trace, called: Called, made: Value) -> Wanted:
    """The class that a call names, with what that is subscribed with: `Page[OrderOut](…)`."""
    function = called.form.function
    named = function.value if called.name in _MAKING and isinstance(function, Attribute) else function
    return wanted(flow, trace.module, named) if isinstance(named, Subscript) else Wanted(made)


def _made(flow: Flow, at: Occasion, value: Value, asked: Wanted, deepest: int) -> Iterator[Serialised]:
    """What is read where a value is made into models."""
    cls = asked.cls
    if cls is None or not deepest:
        return
    for each in _parts(value):
        if isinstance(each, Instance):
            if each.how != "given":
                yield from _read(flow, at, each, cls, deepest)
            continue
        held = dict(each)
        for field in fields_of(flow.project, cls) if held else ():
            if field.name in held:
                inside = wanted_by(flow, field, asked.given)
                yield from _made(flow, at, held[field.name], inside, deepest - 1)


def _read(
    flow: Flow, at: Occasion, instance: Instance, cls: ProjectClass, deepest: int
) -> Iterator[Serialised]:
    """The attributes that one class reads of one object, and those behind them."""
    model = instance.entity.model
    for field in fields_of(flow.project, cls):
        name = instance.entity.through(field.name)
        if name not in model.fields and name not in model.relations:
            for read in flow.project.view(Properties).reads(instance.entity, name):
                yield Serialised(at, instance, read, field)
            continue
        yield Serialised(at, instance, name, field)
        if field.name in model.relations:
            behind = instance.related(name, _Snapshot(at.state))  # type: ignore[arg-type]
            yield from _made(flow, at, behind, wanted_by(flow, field, {}), deepest - 1)


def _parts(value: Value) -> Iterator[Instance | tuple[tuple[str, Value], ...]]:
    """The objects in a value, and the names with values of what holds objects: dicts, records."""
    for option in alternatives(value):
        if isinstance(option, Instance):
            yield option
        elif isinstance(option, (Rows, Many, Collection)):
            yield from _parts(option.of)
        elif isinstance(option, Items):
            for item in option.items:
                yield from _parts(alone(item))
        elif isinstance(option, Entries):
            yield option.values
        elif isinstance(option, Object):
            yield option.fields
