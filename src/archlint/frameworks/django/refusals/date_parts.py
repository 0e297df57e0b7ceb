"""Parts of dates and times that a field does not have.

Taken from `Extract.resolve_expression` and `TruncBase.resolve_expression` of Django 5.2, and shown true
against it in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Name, last_name, written_text
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.expression import Expr
from archlint.frameworks.django.query.expressions.mixed import Mixed, Types, is_a
from archlint.frameworks.django.query.expressions.outputs import Output
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.django.query.written import argument_places
from archlint.frameworks.django.refusals.all_paths import AskedPaths
from archlint.frameworks.django.refusals.refused import Refused, Wrong, refusal
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Constant

if TYPE_CHECKING:
    from archlint.project.project import Project

_METHODS = frozenset({"annotate", "alias", "values", "values_list", "aggregate", "order_by"})
_SERIES = {"dates": "date", "datetimes": "datetime"}
_OF_TIME = frozenset({"hour", "minute", "second", "time"})
_OF_DATE = frozenset({"year", "quarter", "month", "week", "day", "date"})
_NOT_OF_DURATIONS = frozenset({"year", "iso_year", "month", "week", "week_day", "iso_week_day", "quarter"})
_PARTS = {
    "Year": "year",
    "IsoYear": "iso_year",
    "Quarter": "quarter",
    "Month": "month",
    "Week": "week",
    "WeekDay": "week_day",
    "IsoWeekDay": "iso_week_day",
    "Day": "day",
    "Date": "date",
    "Hour": "hour",
    "Minute": "minute",
    "Second": "second",
    "Time": "time",
}


def missing_parts(project: Project) -> Iterator[Refused | None]:
    """Every call that asks a field for a part: what is wrong with it, None for nothing."""
    models, asked = project.view(DjangoModels), project.view(AskedPaths)
    for trace, event in project.view(DataFlow).events(Called):
        if (event.name not in _METHODS and event.name not in _SERIES) or runs_own(event):
            continue
        sets = query_sets(event.receiver)
        model = models.model(sets[0].model) if sets is not None and len(sets) == 1 else None
        if sets is None or not isinstance(model, DjangoModel):
            continue
        types = Types(asked.paths, model, asked.begun(sets[0]).computed)
        if event.name in _SERIES:
            yield refusal(project, trace, event, _series(types, event))
            continue
        for value, form in argument_places(event):
            if isinstance(value, Expr) and isinstance(form, Call):
                yield refusal(project, trace, event, _wrong(types, value, form))


def _series(types: Types, event: Called) -> Wrong | None:
    """`dates("placed", "month")`."""
    field = event.arguments.get("field_name", 0)
    if not isinstance(field, Constant) or not isinstance(field.value, str):
        return None
    kind = _type(types, field.value)
    if not kind:
        return None
    is_date = is_a(kind, "DateField")
    if event.name == "datetimes" and not is_a(kind, "DateTimeField"):
        hint = f'ask `dates("{field.value}", …)`' if is_date else "name a `DateTimeField`"
        return f"`datetimes()` takes a `DateTimeField`, and `{field.value}` is none", hint
    if not is_date:
        return f"`{event.name}()` takes a date, and `{field.value}` is none", "name a `DateField`"
    return None


def _wrong(types: Types, value: Expr, form: Call) -> Wrong | None:
    """`TruncHour("placed")`, `Extract("placed", "hour")`."""
    if not isinstance(form.function, (Name, Attribute)) or len(value.references) != 1:
        return None
    name = last_name(form.function)
    act = next((one for one in ("Trunc", "Extract") if name.startswith(one)), "")
    part = _PARTS.get(name.removeprefix(act)) if act and name != act else _text(form.arguments, 1)
    if not act or not part or _text(form.arguments, 0) != value.references[0].path:
        return None
    path = value.references[0].path
    kind = _type(types, path)
    wrong = (_truncated if act == "Trunc" else _extracted)(kind, part) if kind else False
    if not wrong:
        return None
    return f"`{path}` is a `{kind}`, which has no `{part}`", "name a field that has one, or leave it out"


def _truncated(kind: str, part: str) -> bool:
    if is_a(kind, "TimeField"):
        return part in _OF_DATE
    return part in _OF_TIME if kind == "DateField" else not is_a(kind, "DateField")


def _extracted(kind: str, part: str) -> bool:
    if kind == "DurationField":
        return part in _NOT_OF_DURATIONS
    if kind == "DateField":
        return part in _OF_TIME
    return not is_a(kind, "DateField") and kind != "TimeField"


def _type(types: Types, path: str) -> str:
    try:
        return types.of(Output("path", path))
    except Mixed:
        return ""


def _text(forms: tuple[Expression, ...], at: int) -> str:
    form = forms[at] if len(forms) > at else None
    return written_text(form) or ""
