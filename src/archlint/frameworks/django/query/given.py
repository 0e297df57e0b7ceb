"""The fields that code gives to models: constructors, `create` and its kin, `update`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Keyword, Literal
from archlint.facts.expressions import Mapping as MappingForm
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models import DjangoModel, DjangoModels
from archlint.frameworks.django.query.asked import query_sets
from archlint.frameworks.django.query.objects import ModelClass
from archlint.project.answer import UNKNOWN
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Value
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

_CREATE = frozenset({"create", "acreate"})
_UPDATE = frozenset({"update", "aupdate"})
_DEFAULTS = frozenset({"get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create"})
_METHODS = _CREATE | _UPDATE | _DEFAULTS
_OWN = frozenset({"through_defaults", "force_insert", "force_update", "using", "update_fields"})
"""Keywords of the methods themselves."""


class Given(msgspec.Struct, frozen=True):
    """One field that is given a value."""

    model: DjangoModel
    name: str
    value: Value
    module: Module
    line: int
    column: int
    is_new: bool
    """For a new object; False for `update`."""


class Givens:
    """Every field that is given to a model that is known. A place may be met more than once."""

    def __init__(self, project: Project) -> None:
        self._all = tuple(_givens(project))

    @classmethod
    def build(cls, project: Project) -> Givens:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[Given]:
        return iter(self._all)


def _givens(project: Project) -> Iterator[Given]:
    data_flow = project.view(DataFlow)
    models = project.view(DjangoModels)
    for trace, event in data_flow.events(Called):
        if event.name not in _METHODS and not isinstance(event.callee, ModelClass):
            continue
        for model, is_new, written in _models(event, models, data_flow, trace.module):
            yield from _fields(event, model, is_new, written, trace.module)


def _models(
    event: Called, models: DjangoModels, data_flow: DataFlow, module: Module
) -> Iterator[tuple[DjangoModel, bool, tuple[Keyword, ...] | MappingForm]]:
    """The model of a call, and where its fields are written; nothing for any other call."""
    if isinstance(event.callee, ModelClass):
        model = models.model(event.callee.model)
        if isinstance(model, DjangoModel):
            yield model, True, event.form.keywords
        return
    sets = query_sets(event.receiver)
    if sets is None or len({one.model for one in sets}) != 1:
        return
    if any(one.defines(event.name, data_flow.flow.site(module)) for one in sets):
        return
    model = models.model(sets[0].model)
    if not isinstance(model, DjangoModel):
        return
    if event.name not in _DEFAULTS:
        yield model, event.name in _CREATE, event.form.keywords
        return
    for keyword in event.form.keywords:
        if keyword.name in ("defaults", "create_defaults") and isinstance(keyword.value, MappingForm):
            yield model, True, keyword.value


def _fields(
    event: Called,
    model: DjangoModel,
    is_new: bool,
    written: tuple[Keyword, ...] | MappingForm,
    module: Module,
) -> Iterator[Given]:
    if isinstance(written, MappingForm):
        for key in written.keys:
            if isinstance(key, Literal) and isinstance(key.value, str):
                yield Given(model, key.value, UNKNOWN, module, key.line, key.column + 1, is_new)
        return
    places = {keyword.name: keyword for keyword in written if keyword.name}
    for name, value in event.arguments.named:
        if name in _OWN and name not in model.fields:
            continue
        line, column = _place(places.get(name), event.form)
        yield Given(model, name, value, module, line, column, is_new)


def _place(keyword: Keyword | None, form: Call) -> tuple[int, int]:
    if keyword is not None:
        return keyword.line, keyword.column
    return form.line, max(form.column - 1, 0)  # spread from a dict: the call's closing parenthesis
