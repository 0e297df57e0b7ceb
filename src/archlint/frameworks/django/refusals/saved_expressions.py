"""Expressions in objects, which Django refuses when it saves them.

`save()` of an object that has no key inserts a row, and one that exists is written like by `update()`:
https://docs.djangoproject.com/en/5.2/ref/models/expressions/#f-expressions
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.expressions import Expression
from archlint.facts.expressions import Mapping as MappingForm
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.expression import Expr
from archlint.frameworks.django.query.joins import Joins
from archlint.frameworks.django.query.objects.model_object import ModelClass, ModelObject
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.django.query.written import location_of
from archlint.frameworks.django.refusals.all_paths import AskedPaths
from archlint.frameworks.django.refusals.refused import Refused, Wrong
from archlint.frameworks.django.refusals.written_columns import WrittenColumns, inserted, saves_its_own_way
from archlint.frameworks.places.expressions import spot
from archlint.project.flow.trace import Called, Trace, Written
from archlint.project.flow.values import Entries, Value, only

if TYPE_CHECKING:
    from archlint.project.project import Project

_DEFAULTS = frozenset({"get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create"})

_Rows: TypeAlias = "Iterator[tuple[Expression | None, Wrong | None]]"
"""Where an expression is written, and what is wrong with it."""


def saved_expressions(project: Project) -> Iterator[Refused | None]:
    """Every expression that is put into an object: what is wrong, None for nothing."""
    models = project.view(DjangoModels)
    flow = project.view(DataFlow)
    for trace, call in flow.events(Called):
        site = flow.flow.site(trace.module)
        for form, wrong in _of_new_rows(models, trace, call):
            model = models.model(_model_key(call))
            if isinstance(model, DjangoModel) and not saves_its_own_way(model, site):
                yield Refused(location_of(project, trace.module, call, form), *wrong) if wrong else None
    columns = WrittenColumns(Joins(models, project.view(AskedPaths).paths))
    for trace, event in flow.events(Written):
        model = _written_model(models, event)
        if model is None or not isinstance(event.value, Expr):
            continue
        if saves_its_own_way(model, flow.flow.site(trace.module)):
            continue
        wrong = columns.saved(model, event.name, event.value)
        yield Refused(spot(project, trace.module, event.form), *wrong) if wrong else None


def _model_key(call: Called) -> str:
    if isinstance(call.callee, ModelClass):
        return call.callee.model
    sets = query_sets(call.receiver)
    return sets[0].model if sets is not None and len({one.model for one in sets}) == 1 else ""


def _of_new_rows(models: DjangoModels, trace: Trace, call: Called) -> _Rows:
    """What a call puts into a row that is new, or may be."""
    if isinstance(call.callee, ModelClass):
        model = models.model(call.callee.model)
        if isinstance(model, DjangoModel) and _is_without_key(model, trace, call):
            forms = {keyword.name: keyword.value for keyword in call.form.keywords}
            yield from _inserted(model, call.arguments.named, forms, "save")
    elif call.name in _DEFAULTS and not runs_own(call) and call.arguments.get("create_defaults") is None:
        model = models.model(_model_key(call))
        given = call.arguments.get("defaults", 0)
        if isinstance(model, DjangoModel) and isinstance(given, Entries) and not given.is_open:
            written = next((one.value for one in call.form.keywords if one.name == "defaults"), None)
            forms = _values(written)
            yield from _inserted(model, given.values, forms, call.name)


def _inserted(
    model: DjangoModel, named: tuple[tuple[str, Value], ...], forms: dict[str, Expression], method: str
) -> _Rows:
    for name, value in named:
        field = model.fields.get(name)
        if isinstance(value, Expr) and field is not None and field.cls is None:
            yield forms.get(name), inserted(value, method)


def _is_without_key(model: DjangoModel, trace: Trace, call: Called) -> bool:
    """Whether an object surely has no key, so that saving it inserts a row."""
    key, given = model.primary_key, call.arguments
    if key is None or trace.function is None or given.is_open or given.positional:
        return False
    if "AutoField" not in key.kind or {"pk", key.name} & {name for name, _ in given.named}:
        return False
    return not trace.module.mentions(trace.function.fact, "pk", key.name)


def _values(written: Expression | None) -> dict[str, Expression]:
    """The values of a dict that is written out, by its keys."""
    if not isinstance(written, MappingForm):
        return {}
    return {getattr(key, "value", ""): value for key, value in zip(written.keys, written.values, strict=True)}


def _written_model(models: DjangoModels, event: Written) -> DjangoModel | None:
    """The model of the object whose attribute is set to a value, where a field of Django's holds that."""
    owners = only(event.receiver, ModelObject)
    model = models.model(owners[0].model) if len(owners) == 1 else None
    field = model.fields.get(event.name) if isinstance(model, DjangoModel) else None
    is_plain = field is not None and field.cls is None
    return model if is_plain and isinstance(model, DjangoModel) else None
