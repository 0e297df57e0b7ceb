"""Rows that are made without a field that they need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression, Name
from archlint.facts.expressions import Mapping as MappingForm
from archlint.facts.forms import walked
from archlint.facts.statements import Assign, Return
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.writes.given_columns import columns
from archlint.frameworks.django.writes.new_row import NewRow
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Arguments, Entries, Value, alternatives

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.frameworks.django.writes.required import RequiredFields
    from archlint.project.project import Project

_CREATE = frozenset({"create", "acreate"})
_FIND_OR_CREATE = frozenset({"get_or_create", "aget_or_create"})
_UPDATE_OR_CREATE = frozenset({"update_or_create", "aupdate_or_create"})
_MAKING = _CREATE | _FIND_OR_CREATE | _UPDATE_OR_CREATE
_DEFAULTS = ("defaults", "create_defaults")


def new_rows(project: Project, required: RequiredFields) -> Iterator[NewRow]:
    """Every row that `create` and its kin make. A place may be met more than once."""
    data_flow, models = project.view(DataFlow), project.view(DjangoModels)
    for trace, event in data_flow.events(Called):
        if event.name not in _MAKING or runs_own(event):
            continue
        sets = query_sets(event.receiver)
        model = models.model(sets[0].model) if sets is not None and len(sets) == 1 else None
        if sets is None or not isinstance(model, DjangoModel):
            continue
        needed = required.of(model.key)
        if not needed or sets[0].defines(event.name, data_flow.flow.site(trace.module)):
            continue
        given = _given(event, trace) if _is_plain(event.arguments) else None
        names = None if given is None else columns(model, given | _of_owner(models, sets[0]))
        if names is not None:
            omitted = tuple(one.name for one in needed if one.name not in names)
            yield NewRow(trace, event, trace.module, event.form, model, omitted)


def _is_plain(arguments: Arguments) -> bool:
    return not arguments.is_open and not arguments.positional


def _given(event: Called, trace: Trace) -> frozenset[str] | None:
    """The names that a new row gets; None where there may be more."""
    spread = [keyword.value for keyword in event.form.keywords if not keyword.name]
    named = dict(event.arguments.named)
    if event.name in _CREATE:
        return frozenset(named) if all(_is_kept(trace, one) for one in spread) else None
    by_name = {keyword.name: keyword.value for keyword in event.form.keywords}
    which = "create_defaults" if "create_defaults" in named else "defaults"
    if event.name in _FIND_OR_CREATE:
        which = "defaults"
    spread += [by_name[name] for name in (which,) if name in by_name]
    defaults = _keys(named[which]) if which in named else frozenset()
    if defaults is None or not all(_is_kept(trace, one) for one in spread):
        return None
    return defaults.union(name for name in named if name not in _DEFAULTS and "__" not in name)


def _keys(value: Value) -> frozenset[str] | None:
    """All keys that a dict may have; None where nobody can tell."""
    found: set[str] = set()
    for option in alternatives(value):
        if not isinstance(option, Entries) or option.is_open or option.others:
            return None
        found.update(name for name, _ in option.values)
    return frozenset(found)


def _is_kept(trace: Trace, spread: Expression) -> bool:
    """Whether a dict is written at a call, or where only this function and its caller see it.

    Whoever else has it may put more into it.
    """
    if isinstance(spread, MappingForm):
        inside = (value for key, value in zip(spread.keys, spread.values, strict=True) if key is None)
        return all(_is_kept(trace, one) for one in inside)
    if not isinstance(spread, Name) or trace.function is None:
        return False
    body = trace.module.statements(trace.function.fact)
    if any(_is_handed(form, spread.id) for form in walked(body)):
        return False
    if any(one.name == spread.id for one in trace.function.fact.parameters):
        return _is_kept_by_caller(trace, spread.id)
    return all(
        isinstance(one.value, MappingForm) and _is_kept(trace, one.value)
        for one in walked(body)
        if isinstance(one, Assign) and any(isinstance(t, Name) and t.id == spread.id for t in one.targets)
    )


def _is_kept_by_caller(trace: Trace, name: str) -> bool:
    """Whether a parameter is `**keywords`, filled by a caller of whose dicts the same holds."""
    assert trace.function is not None
    kinds = {one.name: one.kind for one in trace.function.fact.parameters}
    if kinds[name] != "double-star" or trace.caller is None:
        return False
    caller, call = trace.caller
    return all(_is_kept(caller, keyword.value) for keyword in call.keywords if not keyword.name)


def _is_handed(form: Form, name: str) -> bool:
    """Whether a call is given what stands under a name, or another name is."""
    given: tuple[Expression | None, ...] = ()
    if isinstance(form, Call):
        given = (*form.arguments, *(keyword.value for keyword in form.keywords if keyword.name))
    elif isinstance(form, (Assign, Return)):
        given = (form.value,)
    return any(isinstance(one, Name) and one.id == name for one in given)


def _of_owner(models: DjangoModels, manager: QuerySet) -> frozenset[str]:
    """What the manager of a relation gives to a row by itself: `order.lines.create()`."""
    owner = models.model(manager.of.model) if manager.of is not None and manager.through else None
    relation = owner.relations.get(manager.through) if owner is not None else None
    return frozenset() if relation is None else frozenset({relation.inverse or _ANYTHING})


_ANYTHING = "*"
"""Stands for fields that nobody can tell."""
