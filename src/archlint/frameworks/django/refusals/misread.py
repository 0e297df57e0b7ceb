"""Reads of what queries give that fail: the wrong attribute, key, or number of columns."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.expressions import Attribute, Starred
from archlint.frameworks.call_sites import CallSites
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.query.expected import is_caught
from archlint.frameworks.django.query.objects.attributes import Attributes
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.django.query.sets.columns import Columns
from archlint.frameworks.django.query.sets.results import Key, Plain, Row
from archlint.frameworks.places.expressions import place, spot
from archlint.nearness import near_or_all
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.trace import (
    Called,
    Event,
    Iterated,
    Operated,
    Placed,
    Read,
    Subscripted,
    Trace,
    Unpacked,
)
from archlint.project.flow.values import SLICE, Constant, Value, only, something

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.project import Project

_EXPECTED = ("AttributeError", "KeyError", "IndexError", "LookupError", "TypeError", "ValueError")
_CAUGHT = frozenset(
    {"", *(f"{where}{name}" for where in ("", "builtins.") for name in (*_EXPECTED, "Exception"))}
)
"""Handlers that expect the failure."""

_CLASSES: dict[str, type] = {one.__name__: one for one in (int, bool, str, tuple, dict)}
_NAMED = namedtuple("_NAMED", ())
"""What `named=True` gives has, besides its columns."""

_ARTICLES = {"int": "an int"}
_FILL = frozenset({"update", "setdefault", "__setitem__"})
_DOUBTS = frozenset({"hasattr", "isinstance"})
_GIVES = {
    "dicts": "`values()`",
    "totals": "`aggregate()`",
    "tuples": "`values_list()`",
    "flat": "`values_list()`",
}


class Misread(msgspec.Struct, frozen=True):
    """One read that fails."""

    location: Location
    message: str
    hint: str


Answer: TypeAlias = "tuple[str, str] | bool"
"""What is wrong, and what to do; True where the read is right, False where nobody can tell."""


def misread(project: Project) -> Iterator[Misread | bool | None]:
    """Every read of what a query gives: what is wrong, True for nothing, None where nobody can tell."""
    reads = _Reads(project)
    data_flow = project.view(DataFlow)
    for kind in (Read, Called, Subscripted, Iterated, Unpacked):
        answers = [(trace, event, reads.of(trace, event)) for trace, event in data_flow.events(kind)]
        right = {_place(trace, event) for trace, event, found in answers if found is True}
        wrong = {_place(t, event) for t, event, found in answers if t.arguments and isinstance(found, tuple)}
        for trace, event, found in answers:
            if found is None:
                continue
            if isinstance(found, tuple) and (
                _is_doubted(trace, event)
                or (trace.caller is None and _place(trace, event) in right)
                or (_is_promised(trace, event, project) and _place(trace, event) not in wrong)
            ):
                found = False  # what callers pass counts more than what the annotation says
            if isinstance(found, bool) or is_caught(event, _CAUGHT):
                yield True if found is True else None
                continue
            yield Misread(spot(project, trace.module, event.form), *found)


def _place(trace: Trace, event: Event) -> tuple[object, ...]:
    """The place of an event in the source, whatever run it is of."""
    return trace.module.path, *place(event.form)


def _is_doubted(trace: Trace, event: Event) -> bool:
    """Whether code asks first what the value is: `row.pk if hasattr(row, "pk") else row["pk"]`."""
    value = event.value if isinstance(event, (Iterated, Unpacked)) else getattr(event, "receiver", None)
    return any(
        isinstance(one, Called)
        and one.name in ("hasattr", "isinstance")
        and value in one.arguments.positional
        for one in trace.events
    )


def _is_promised(trace: Trace, event: Event, project: Project) -> bool:
    """Whether nothing but an annotation says what a value is, of a function that others call."""
    objects = only(getattr(event, "receiver", None) or getattr(event, "value", None), ModelObject)
    if trace.function is None or trace.arguments is not None or trace.receiver in objects:
        return False
    is_given = any(one.how == "given" and one.source is None and not one.way for one in objects)
    return is_given and project.view(CallSites).is_called(trace.function)


class _Reads:
    def __init__(self, project: Project) -> None:
        self._columns = Columns(project.view(DjangoModels))
        self._attributes = project.view(Attributes)
        data_flow = project.view(DataFlow)
        self._filled = {
            (row.source.model, event.index.value if isinstance(event.index, Constant) else None)
            for _, event in data_flow.events(Placed)
            for row in something(event.receiver)
            if isinstance(row, Row)
        }
        self._filled |= {
            (row.source.model, None)
            for _, event in data_flow.events(Called)
            if event.name in _FILL
            for row in something(event.receiver or event.result)
            if isinstance(row, Row)
        }
        """The models of rows that code puts more into, with the key; None for any."""

    def of(self, trace: Trace, event: Event) -> Answer | None:
        """What is to be said of an event; None for one that reads nothing of the kind."""
        if isinstance(event, Called):
            if not isinstance(event.form.function, Attribute):
                return None
            flat = _flat(event)
            return self._attribute(event.receiver, event.name) if flat is None else flat
        if isinstance(event, Read):
            return self._attribute(event.receiver, event.name)
        if isinstance(event, Subscripted):
            return self._item(trace, event)
        if isinstance(event, Iterated):
            return self._each(event.value)
        return self._parts(event) if isinstance(event, Unpacked) else None

    def _attribute(self, receiver: Value | None, name: str) -> Answer | None:
        values = _results(receiver)
        if values is None:
            return None
        value = values[0]
        classes = {self._columns.class_of(one) for one in values}
        if "" in classes:
            return False
        if any(hasattr(_CLASSES[one], name) for one in classes):
            return True
        if isinstance(value, Row) and value.source.shape == "named":
            columns = self._columns.of(value)
            if columns is None or name in columns or hasattr(_NAMED, name):
                return columns is not None
            return _no_column(name, columns)
        return f"{_gives(value, classes.pop())}, which has no attribute `{name}`", _read_as(value, name)

    def _item(self, trace: Trace, event: Subscripted) -> Answer | None:
        index = event.index.value if isinstance(event.index, Constant) else None
        if only(event.receiver, ModelObject):
            return self._of_object(only(event.receiver, ModelObject), "subscripted", "__getitem__")
        values = _results(event.receiver)
        if values is None:
            return None
        value = values[0]
        cls = self._columns.class_of(value)
        if len(values) > 1 or not cls:
            return False
        if cls in ("int", "bool"):
            return f"{_gives(value, cls)}, which cannot be subscripted", "use the number itself"
        if not isinstance(value, Row) or index is None or event.index == SLICE or cls == "str":
            return bool(isinstance(value, Row))
        columns = self._columns.of(value)
        if cls == "tuple":
            if isinstance(index, str):
                return f"{_gives(value, cls)}, which has no keys", "read it by position, or use `values()`"
            if columns is None or not isinstance(index, int) or value.source.takes_all:
                return False
            is_there = -len(columns) <= index < len(columns)
            return is_there or (f"the tuple has {len(columns)} columns, not one at {index}", "name one more")
        if columns is None or self._is_filled(trace, value, index):
            return False
        return True if index in columns else _no_column(str(index), columns)

    def _is_filled(self, trace: Trace, row: Row, key: object) -> bool:
        """Whether code puts the key into such rows, or looks whether it is there."""
        model = row.source.model
        if (model, key) in self._filled or (model, None) in self._filled:
            return True
        return any(
            isinstance(event, Operated) and Constant(key) in event.operands  # type: ignore[arg-type]
            for event in trace.events
        )

    def _each(self, value: Value) -> Answer | None:
        objects = only(value, ModelObject)
        if objects:
            return self._of_object(objects, "iterated", "__iter__", "__getitem__")
        values = _results(value)
        if values is None:
            return None
        classes = {self._columns.class_of(one) for one in values}
        if not classes <= {"int", "bool"}:
            return True
        return (
            f"{_gives(values[0], classes.pop())}, which cannot be iterated",
            "loop over the query set itself",
        )

    def _of_object(self, objects: tuple[ModelObject, ...], what: str, *methods: str) -> Answer:
        if any(one.how == "handed" for one in objects):
            return False  # a serializer may be given rows of `values()`, too
        known = {self._attributes.defines(one, method) for one in objects for method in methods}
        if known != {False}:
            return True in known
        name = objects[0].model.rpartition(".")[2]
        hint = (
            "read its attributes" if what == "subscripted" else "loop over a query set, as `filter()` returns"
        )
        return f"an object of `{name}` cannot be {what}", hint

    def _parts(self, event: Unpacked) -> Answer | None:
        rows = only(event.value, Row)
        if len(rows) != 1 or any(isinstance(one, Starred) for one in event.form.items):
            return None
        columns = self._columns.of(rows[0])
        if columns is None or len(columns) == len(event.form.items):
            return columns is not None
        wanted = len(event.form.items)
        return f"each row has {len(columns)} columns, not {wanted}", "take as many as the query gives"


def _results(value: Value | None) -> tuple[Behaviour, ...] | None:
    """The results of queries that a value may be; None where it may be something else, too."""
    if value is None:
        return None
    options = something(value)
    found = tuple(one for one in options if isinstance(one, (Row, Plain, Key)))
    return found if found and len(found) == len(options) else None


def _flat(event: Called) -> Answer | None:
    """`values_list("a", "b", flat=True)` raises TypeError."""
    if event.name != "values_list" or query_sets(event.receiver) is None or runs_own(event):
        return None
    if event.arguments.get("flat") == event.arguments.get("named") == Constant(True):
        return "`flat` and `named` exclude each other", "leave one of them out"
    given = len(event.arguments.positional)
    if event.arguments.get("flat") != Constant(True) or given < 2 or event.arguments.is_open:
        return None
    return f"`flat=True` takes one column, not {given}", "leave `flat` out, or name one column"


def _gives(value: Behaviour, cls: str) -> str:
    what = _ARTICLES.get(cls, f"a {cls}")
    if isinstance(value, Plain):
        return f"`{value.by}()` returns {what}"
    if isinstance(value, Row):
        return f"{_GIVES.get(value.source.shape, 'the query')} returns {what}"
    return f"the key of `{value.model.rpartition('.')[2]}` is {what}" if isinstance(value, Key) else what


def _read_as(value: Behaviour, name: str) -> str:
    if not isinstance(value, Row):
        return (
            "ask the object itself, not what the method gives"
            if isinstance(value, Plain)
            else "ask the object"
        )
    if value.source.shape in ("dicts", "totals"):
        return f'read `["{name}"]`, or leave `values()` out to get objects'
    return "read it by position, or pass `named=True`, or leave `values_list()` out to get objects"


def _no_column(name: str, columns: tuple[str, ...]) -> tuple[str, str]:
    hint = near_or_all(name, columns, "name it in `values()` or `annotate()`")
    return f"the row has no column `{name}`", hint
