"""The fields that code gives to models: constructors, `create` and its kin, `update`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.expressions import Call, Expression, Literal
from archlint.facts.expressions import Mapping as MappingForm
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelClass
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.query.spread import is_given_on_some_way, is_validated, said_by_caller
from archlint.frameworks.django.writes.saving import Saving
from archlint.frameworks.places.expressions import place
from archlint.frameworks.taken_keywords import taken_by
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ClassHierarchy
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Entries, Value, alternatives
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

_CREATE = frozenset({"create", "acreate"})
_UPDATE = frozenset({"update", "aupdate"})
_DEFAULTS = frozenset({"get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create"})
_THROUGH = _CREATE | _DEFAULTS | {"add", "aadd", "set", "aset"}
"""Methods that make rows of a model that joins two others."""

_METHODS = _CREATE | _UPDATE | _DEFAULTS | _THROUGH
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

    method: str = ""
    """The method of a manager that takes it; empty for a constructor."""

    is_called: bool = False
    """It was met in the run for one caller, of several perhaps."""


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
    several = _of_several(data_flow, models)
    for trace, event in data_flow.events(Called):
        if event.name not in _METHODS and _made(event) is None and _saved(event) is None:
            continue
        for model, is_new, named, written in _models(event, models, data_flow, trace.module):
            places = _places(written)
            others = several.get((trace.module.path, *place(event.form)), ())
            for name, value in named:
                if name not in places and any(name in one.fields for one in others if one is not model):
                    continue  # of a dict that is made for several models, it is perhaps for another one
                if written is event.form and name in _OWN and name not in model.fields:
                    continue
                is_spread = name not in places and written is event.form and event.arguments.is_open
                said = said_by_caller(trace, event.form, name) if is_spread else None
                if is_spread and said is None and not _is_given(trace, event, name):
                    continue  # of a dict that differs by branch, it is perhaps not in this one
                line, column = places.get(name) or _end(written)
                module = trace.module
                if said is not None and trace.caller is not None:
                    module, line, column = trace.caller[0].module, said.line, said.column
                method = event.name if _made(event) is None else ""
                is_called = trace.caller is not None
                yield Given(model, name, value, module, line, column, is_new, method, is_called)


def _is_given(trace: Trace, event: Called, name: str) -> bool:
    """Whether what is spread from a dict gets to a call on some way."""
    return is_given_on_some_way(trace.module, event.form) or is_validated(trace, event.form, name)


def _of_several(
    data_flow: DataFlow, models: DjangoModels
) -> Mapping[tuple[str, int, int], tuple[DjangoModel, ...]]:
    """The models of calls that are for rows of one of several, whoever calls the function around."""
    found: dict[tuple[str, int, int], tuple[DjangoModel, ...]] = {}
    for trace, event in data_flow.events(Called):
        sets = query_sets(event.receiver) if event.name in _DEFAULTS and trace.caller is None else None
        keys = dict.fromkeys(one.model for one in sets or ())
        if len(keys) > 1:
            each = tuple(one for one in map(models.model, keys) if isinstance(one, DjangoModel))
            found[(trace.module.path, *place(event.form))] = each
    return found


_Named: TypeAlias = tuple[tuple[str, Value], ...]


def _models(
    event: Called, models: DjangoModels, data_flow: DataFlow, module: Module
) -> Iterator[tuple[DjangoModel, bool, _Named, Expression]]:
    """The model of a call, its fields, and where they are written; nothing for any other call."""
    made = _made(event) or _saved(event)
    if made:
        model = models.model(made)
        if isinstance(model, DjangoModel):
            yield model, True, event.arguments.named, event.form
        return
    sets = query_sets(event.receiver)
    if sets is None or len({one.model for one in sets}) != 1:
        return
    model = models.model(sets[0].model)
    site = data_flow.flow.site(module)
    if any(one.defines(event.name, site) for one in sets):
        if isinstance(model, DjangoModel) and event.name in _CREATE | _UPDATE:
            handed = _handed_above(event, sets, site.project.view(ClassHierarchy))
            yield model, event.name in _CREATE, handed, event.form
        return
    yield from _joining(event, models, sets)
    if not isinstance(model, DjangoModel):
        return
    if event.name in _CREATE | _UPDATE:
        yield model, event.name in _CREATE, event.arguments.named, event.form
    if event.name not in _DEFAULTS:
        return
    for keyword in event.form.keywords:
        if keyword.name in ("defaults", "create_defaults"):
            for value in alternatives(event.arguments.get(keyword.name) or UNKNOWN):
                if isinstance(value, Entries):
                    written = _places(keyword.value)
                    is_sure = not value.is_open or is_given_on_some_way(module, event.form, (keyword.value,))
                    sure = (one for one in value.values if one[0] in written or is_sure)
                    yield model, True, tuple(sure), keyword.value


def _handed_above(event: Called, sets: tuple[QuerySet, ...], hierarchy: ClassHierarchy) -> _Named:
    """The keywords that the project's own `create` or `update` hands to Django's, whatever they hold."""
    owners = [cls for one in sets for cls in (one.manager, one.custom) if cls is not None]
    taken = [taken_by(hierarchy.order(cls), event.name) for cls in owners]
    if any(one is None or one.are_all for one in taken):
        return ()
    names = frozenset[str]().union(*(one.names for one in taken if one is not None))
    written = dict.fromkeys(keyword.name for keyword in event.form.keywords if keyword.name)
    return tuple((name, UNKNOWN) for name in written if name not in names)


def _joining(
    event: Called, models: DjangoModels, sets: tuple[QuerySet, ...]
) -> Iterator[tuple[DjangoModel, bool, _Named, Expression]]:
    """The model that joins two others, and what `through_defaults` gives to it."""
    given = event.arguments.get("through_defaults")
    owner = models.model(sets[0].of.model) if sets[0].of is not None else None
    relation = owner.relations.get(sets[0].through) if isinstance(owner, DjangoModel) else None
    model = models.model(relation.through) if relation is not None and relation.through else None
    if isinstance(model, DjangoModel) and isinstance(given, Entries) and not given.is_open:
        for keyword in event.form.keywords:
            if keyword.name == "through_defaults":
                yield model, True, given.values, keyword.value


def _saved(event: Called) -> str | None:
    """The model of which a serializer makes a new object: `serializer.save(author=user)`."""
    return event.callee.model if isinstance(event.callee, Saving) and event.callee.is_new else None


def _made(event: Called) -> str | None:
    """The model whose class is called: by its name, or as that of a manager, `self.model(…)`."""
    if isinstance(event.callee, ModelClass):
        return event.callee.model
    sets = query_sets(event.receiver) if event.name == "model" else None
    return sets[0].model if sets is not None and len({one.model for one in sets}) == 1 else None


def _places(written: Expression) -> dict[str, tuple[int, int]]:
    """Where the names of keywords and the keys of a dict stand."""
    if isinstance(written, Call):
        return {keyword.name: (keyword.line, keyword.column) for keyword in written.keywords if keyword.name}
    keys = written.keys if isinstance(written, MappingForm) else ()
    return {
        key.value: (key.line, key.column + 1)
        for key in keys
        if isinstance(key, Literal) and isinstance(key.value, str)
    }


def _end(written: Expression) -> tuple[int, int]:
    """Of what is spread from elsewhere: a call's closing parenthesis, the end of a name."""
    line, column = place(written)
    return line, max(column - 1, 0)
