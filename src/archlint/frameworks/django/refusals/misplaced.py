"""Expressions that Django refuses where they stand.

Taken from what `Query.resolve_ref`, `Query.add_ordering`, `Query.build_filter`, the aggregates, and the
compilers of inserts and updates raise, and shown true against the real Django in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.expressions import Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.computed import Computed, computed, named, with_more
from archlint.frameworks.django.query.expressions.expression import Expr, Maker
from archlint.frameworks.django.query.joins import Joins
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.query.written import argument_places, location_of
from archlint.frameworks.django.refusals.all_paths import AskedPaths
from archlint.frameworks.django.refusals.refused import Refused, Wrong
from archlint.frameworks.django.refusals.written_columns import WrittenColumns, inserted, saves_its_own_way
from archlint.project.flow.behaviour import Site
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Constant, Entries, Value, something, text_of

if TYPE_CHECKING:
    from archlint.project.project import Project

_COMPUTING = frozenset({"annotate", "alias", "values", "values_list"})
_SELECTING = frozenset({"values", "values_list"})
_FREE = frozenset({"flat", "named", "pk"})
"""No field is called so: arguments of `values_list()`, and the alias that Django takes for an annotation."""

_BY_NAME = frozenset({"filter", "exclude", "get", "aget", "Q"})


def misplaced(project: Project) -> Iterator[Refused | None]:
    """Every expression in a query: what is wrong, None for nothing."""
    places = _Places(project)
    for trace, event in project.view(DataFlow).events(Called):
        if event.name not in _CHECKED or runs_own(event):
            continue
        site = project.view(DataFlow).flow.site(trace.module)
        for form, found in places.of(event, site):
            location = location_of(project, trace.module, event, form)
            yield None if found is None else Refused(location, *found)


Answers: TypeAlias = "Iterator[tuple[Expression | None, Wrong | None]]"
"""Where something stands, and what is wrong with it; None for the whole call, and for nothing."""


class _Places:
    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._asked = project.view(AskedPaths)
        self._columns = WrittenColumns(Joins(self._models, self._asked.paths))

    def of(self, event: Called, site: Site) -> Answers:
        """What is to be said of the arguments of a call."""
        if isinstance(event.callee, Maker) and event.name == event.callee.name == "Q":
            yield from _conditions(event)
            return
        sets = query_sets(event.receiver)
        if sets is None or len({one.model for one in sets}) != 1:
            return
        if any(one.defines(event.name, site) for one in sets):
            return
        base = self._asked.begun(sets[0])
        name = event.name.removeprefix("a") if event.name in _ASYNC else event.name
        if name in _BY_NAME:
            yield from _conditions(event)
        elif len(sets) > 1:
            return
        elif name in _COMPUTING:
            yield from self._clashing(base, event)
            yield from _computing(base, event)
        elif name == "aggregate":
            yield from _aggregating(base, event)
        elif name == "order_by":
            yield from _ordering(event)
        else:
            model = self._models.model(base.model)
            if isinstance(model, DjangoModel):
                yield from self._writing(base, model, event, site, is_new=name == "create")

    def _clashing(self, base: QuerySet, event: Called) -> Answers:
        """Annotations that are called like a field."""
        model = self._models.model(base.model)
        if not isinstance(model, DjangoModel):
            return
        forms = {keyword.name: keyword.value for keyword in event.form.keywords}
        for name, _ in event.arguments.named:
            if base.shape != "objects":  # after `values()` only those clash that it names
                is_taken = name in base.columns and name not in base.annotations
            else:
                is_taken = name not in _FREE and self._asked.paths.member(model, name) is not None
            if is_taken:
                wrong = f"the annotation `{name}` clashes with a field of `{model.name}`"
                yield forms.get(name), (wrong, "give it another name")

    def _writing(
        self, base: QuerySet, model: DjangoModel, event: Called, site: Site, *, is_new: bool
    ) -> Answers:
        if is_new and saves_its_own_way(model, site):
            return
        if not is_new:
            found = next((one for one in base.computed if one.name in base.order and one.is_aggregate), None)
            message = f"`update()` of rows that are ordered by the aggregate `{found.name}`" if found else ""
            yield None, (message, "call `order_by()` before it") if found else None
        forms = {keyword.name: keyword.value for keyword in event.form.keywords}
        for name, value in event.arguments.named:
            field = model.fields.get(name)
            if not isinstance(value, Expr) or (field is not None and field.cls is not None):
                continue
            form = forms.get(name)
            yield form, inserted(value) if is_new else self._columns.updated(base, model, name, value)


_ASYNC = frozenset({"aget", "aaggregate", "aupdate", "acreate"})
_CHECKED = _COMPUTING | _BY_NAME | _ASYNC | {"aggregate", "order_by", "update", "create"}


def _computing(base: QuerySet, event: Called) -> Answers:
    if event.name in _SELECTING:
        for value, form in argument_places(event):
            made = named(base.computed, text_of(value))
            if made is not None:
                yield form, (_hidden("select", made.name) if made.is_hidden else None)
    yield from _plain(event, event.arguments.named)
    yield from _nested(base.computed, event, are_totals=False)


def _aggregating(base: QuerySet, event: Called) -> Answers:
    hidden = {one.name for one in base.computed if one.is_hidden}
    for value, form in argument_places(event):
        for one in value.references if isinstance(value, Expr) else ():
            if one.path in hidden and not one.is_condition and not one.is_outer:
                yield form, _hidden("aggregate over", one.path)
    yield from _plain(event, event.arguments.named)
    known = {*base.annotations, *(name for name, _ in event.arguments.named)}
    for value, form in argument_places(event):
        if isinstance(value, Expr) and value.output.how == "path" and not base.is_open:
            wrong = f"`aggregate()` takes aggregates, and `{value.output.name}` is not one"
            yield (
                form,
                None if value.output.name in known else (wrong, "wrap it in `Sum`, `Max` or another one"),
            )
    yield from _nested((), event, are_totals=True)


def _plain(event: Called, named_values: tuple[tuple[str, Value], ...]) -> Answers:
    """`annotate(rank=1)`."""
    forms = {keyword.name: keyword.value for keyword in event.form.keywords}
    for name, value in named_values:
        if isinstance(value, Constant) and name not in _FREE:
            wrong = f"`{event.name}()` takes expressions, not the plain value `{value.value}`"
            yield forms.get(name), (wrong, "wrap a value in `Value(…)`, a field's name in `F(…)`")


def _hidden(act: str, name: str) -> Wrong:
    return f"cannot {act} `{name}`, which `alias()` made", "make it with `annotate()`"


def _nested(known: tuple[Computed, ...], event: Called, *, are_totals: bool) -> Answers:
    """Aggregates that take aggregates, those too that the call itself names before."""
    made = computed(event.arguments, is_hidden=False)
    for value, form in argument_places(event):
        if isinstance(value, Expr) and (value.aggregated or value.is_nested):
            yield form, _taken(known, value, are_totals=are_totals)
        if made and isinstance(value, Expr):
            known, made = with_more(known, made[:1]), made[1:]


def _taken(known: tuple[Computed, ...], value: Expr, *, are_totals: bool) -> Wrong | None:
    if value.is_nested:
        return "an aggregate takes another aggregate", "annotate with the inner one, then call `aggregate()`"
    for reference in value.aggregated:
        for one in known:
            if reference.path == one.name or reference.path.startswith(f"{one.name}__"):
                if one.is_aggregate:
                    hint = "compute it from the fields" if are_totals else "call `aggregate()` for it"
                    return f"an aggregate takes `{one.name}`, which is one itself", hint
                if one.is_window:
                    return f"an aggregate takes the window `{one.name}`", "call `aggregate()` for it"
    return None


def _ordering(event: Called) -> Answers:
    for value, form in argument_places(event):
        if isinstance(value, Expr):
            wrong = "`order_by()` takes an aggregate only by the name of an annotation"
            yield (
                form,
                (wrong, "`annotate()` with it first, and order by its name") if value.is_aggregate else None,
            )


def _conditions(event: Called) -> Answers:
    """`filter({"status": 1})`, `get(1)`."""
    if len(event.form.arguments) != len(event.arguments.positional):
        return
    for value, form in zip(event.arguments.positional, event.form.arguments, strict=True):
        options = something(value) or (value,)
        if all(isinstance(one, Entries) for one in options):
            yield (
                form,
                (f"`{event.name}()` takes conditions by their names, not a dict", "write `**` before it"),
            )
        elif event.name != "Q" and _is_unnamed(options):
            what = "an object" if isinstance(options[0], ModelObject) else "a value"
            hint = "name the field: `pk=…`"
            yield form, (f"`{event.name}()` takes conditions by their names, not {what}", hint)


def _is_unnamed(options: tuple[Value, ...]) -> bool:
    """Whether something is a value without the name of a field; two characters can be taken apart."""
    return all(isinstance(one, (Constant, ModelObject)) and len(text_of(one)) != 2 for one in options)
