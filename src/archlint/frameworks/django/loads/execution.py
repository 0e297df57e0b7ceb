"""What queries the database, and when: query sets are lazy, and relations that were not loaded too.

What a data migration asks is left out: it runs once, in a transaction of its own.

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#when-querysets-are-evaluated
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Comparison, Expression, Name
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels, is_of_past
from archlint.frameworks.django.query.named import Function
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.asked import SHORTCUTS, query_sets
from archlint.frameworks.django.query.sets.loading import is_loaded
from archlint.frameworks.django.query.sets.methods import ASKS, ASYNC, CHANGE_RELATED
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.orm import Relation
from archlint.frameworks.places.expressions import place
from archlint.project.answer import External
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.trace import (
    Called,
    Context,
    Event,
    Iterated,
    Operated,
    Read,
    Subscripted,
    Tested,
    Trace,
)
from archlint.project.flow.values import SLICE, Value, only

if TYPE_CHECKING:
    from archlint.project.project import Project

WRITES = frozenset(
    [
        "create",
        "get_or_create",
        "update_or_create",
        "bulk_create",
        "bulk_update",
        "update",
        "delete",
        "add",
        "set",
        "remove",
        "clear",
        "save",
    ]
)
"""Methods that change the database."""

_OF_OBJECTS = frozenset({"save", "delete", "refresh_from_db", "asave", "adelete", "arefresh_from_db"})
_FREE_WHEN_HELD = frozenset({"count", "exists", "iterator", "acount", "aexists", "contains"})
_FETCHING = frozenset({"iteration", "length", "membership", "truth"})
_SERVED = frozenset({"iteration", "truth", "index", "length", "membership", "count", "exists", "contains"})


class Asked(msgspec.Struct, frozen=True):
    """One place that queries the database, in one run."""

    trace: Trace
    event: Event
    how: str
    """The name of the method without its `a`; `iteration`, `truth`, `index`, `length`, `membership`,
    `relation`."""

    is_async: bool
    sets: tuple[QuerySet, ...] = ()
    """The query sets that are evaluated, where there are any."""

    objects: tuple[ModelObject, ...] = ()
    """The objects that are saved or read from."""

    relation: Relation | None = None
    """The relation that is read."""

    @property
    def form(self) -> Expression:
        """The expression."""
        return self.event.form

    @property
    def is_served_whole(self) -> bool:
        """Whether it asks for all related objects of an owner, which a prefetch could have brought."""
        return self.how in _SERVED and bool(self.sets) and all(one.is_whole for one in self.sets)

    @property
    def evaluated(self) -> Expression:
        """The expression that is evaluated: of `row in rows`, `rows`."""
        form = self.event.form
        return form.others[0] if self.how == "membership" and isinstance(form, Comparison) else form

    @property
    def context(self) -> Context:
        """What surrounds it in its body."""
        return self.event.context

    @property
    def is_write(self) -> bool:
        """Whether it changes the database."""
        return self.how in WRITES

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells its place from others, in however many runs it is met."""
        return (self.trace.module.path, *place(self.form))


class Execution:
    """Every place that queries the database. Code inside a lambda is left out: nobody knows when it runs."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._data_flow = project.view(DataFlow)
        found: list[Asked] = []
        self.by_trace: dict[int, list[Asked]] = {}
        """The places of each run, by its `id`."""

        for trace in self._data_flow.traces():
            here = list(self.of(trace))
            if here:
                self.by_trace[id(trace)] = here
                found += here
        self.all: tuple[Asked, ...] = tuple(found)

    @classmethod
    def build(cls, project: Project) -> Execution:
        """The view of a project."""
        return cls(project)

    def of(self, trace: Trace) -> Iterator[Asked]:
        """What queries the database in one run: a query set keeps its rows once all of them were fetched."""
        fetched: dict[str, tuple[QuerySet, ...]] = {}
        is_async = trace.function is not None and trace.function.fact.is_async
        for event in trace.events:
            if event.context.deferred:
                continue
            asked = self._asked(trace, event)
            if asked is None or _is_of_past(asked):
                continue
            name = _fetched_name(asked)
            if name and fetched.get(name) == asked.sets:
                continue
            if name and asked.is_async is is_async:  # another one raises
                fetched[name] = asked.sets
            yield asked

    def _asked(self, trace: Trace, event: Event) -> Asked | None:
        if isinstance(event, Called):
            return self._called(trace, event)
        if isinstance(event, Read):
            return self._read(trace, event)
        if isinstance(event, Iterated):
            return _evaluated(trace, event, event.value, "iteration", event.is_async)
        if isinstance(event, Tested):
            return _evaluated(trace, event, event.value, "truth")
        if isinstance(event, Subscripted):
            return None if event.index == SLICE else _evaluated(trace, event, event.receiver, "index")
        if isinstance(event, Operated) and isinstance(event.form, Comparison):
            is_search = event.form.operators[0] in ("in", "not in") and len(event.operands) == 2
            return _evaluated(trace, event, event.operands[1], "membership") if is_search else None
        return None

    def _called(self, trace: Trace, event: Called) -> Asked | None:
        name = event.name
        if event.receiver is None:
            return _function(trace, event)
        sets = query_sets(event.receiver)
        if sets is not None:
            return self._of_sets(trace, event, sets)
        if isinstance(event.callee, Behaviour) and name == "get_object":  # a view's, by the framework
            return Asked(trace, event, "get", False, _sources(event.result))
        if name not in _OF_OBJECTS:
            return None
        objects = _objects(event.receiver)
        how, is_async = (name[1:], True) if name.startswith("a") else (name, False)
        return Asked(trace, event, how, is_async, objects=objects) if objects else None

    def _of_sets(self, trace: Trace, event: Called, sets: tuple[QuerySet, ...]) -> Asked | None:
        name = event.name
        if all(one.is_empty or (one.is_held and name in _FREE_WHEN_HELD) for one in sets):
            return None
        if name in CHANGE_RELATED:
            if any(one.of is None for one in sets):
                return None
        elif name not in ASKS | ASYNC:
            return None
        site = self._data_flow.flow.site(trace.module)
        if event.trace is not None and any(one.defines(name, site) for one in sets):
            return None  # a method of the project's own: what happens inside is seen there
        is_async = name in ASYNC or name in ("aadd", "aset", "aremove", "aclear")
        return Asked(trace, event, name[1:] if is_async else name, is_async, sets)

    def _read(self, trace: Trace, event: Read) -> Asked | None:
        """A relation to one object that did not come with its row."""
        objects = _objects(event.receiver)
        relation: Relation | None = None
        for one in objects:
            model = self._models.model(one.model)
            found = model.relations.get(event.name) if isinstance(model, DjangoModel) else None
            if found is None or found.cardinality.is_collection:
                return None
            relation = found
            if is_loaded(one, found, self._models) is not False:
                return None
        return Asked(trace, event, "relation", False, (), objects, relation) if relation else None


def _fetched_name(asked: Asked) -> str:
    """What a query set is called of which all rows are fetched; empty for other queries and expressions."""
    if asked.how not in _FETCHING or len(asked.sets) != 1 or asked.sets[0].is_manager:
        return ""
    form = asked.evaluated
    if asked.how == "length" and isinstance(form, Call) and form.arguments:
        form = form.arguments[0]
    return form.id if isinstance(form, Name) else ""


def _is_of_past(asked: Asked) -> bool:
    return any(is_of_past(key) for key in (*(s.model for s in asked.sets), *(o.model for o in asked.objects)))


def _function(trace: Trace, event: Called) -> Asked | None:
    """Functions that evaluate a query set: `len(orders)`, `get_object_or_404(Order, pk=1)`."""
    callee = event.callee
    if isinstance(callee, Function):
        name = callee.name.rpartition(".")[2]
        if name not in SHORTCUTS:
            return None
        return Asked(trace, event, name.removeprefix("a"), name.startswith("a"), _sources(event.result))
    if callee in (_LEN, _BOOL) and len(event.arguments.positional) == 1:
        how = "length" if callee == _LEN else "truth"
        return _evaluated(trace, event, event.arguments.positional[0], how)
    return None


_LEN, _BOOL = External("builtins.len"), External("builtins.bool")


def _evaluated(trace: Trace, event: Event, value: Value, how: str, is_async: bool = False) -> Asked | None:
    """A query set whose rows are fetched, if it is one that has to be asked for."""
    sets = query_sets(value)
    if sets is None or all(one.is_held or one.is_empty or one.is_manager for one in sets):
        return None
    return Asked(trace, event, how, is_async, sets)


def _sources(fetched: Value) -> tuple[QuerySet, ...]:
    """The query sets that objects were fetched from."""
    return tuple(one.source for one in _objects(fetched) if one.source is not None)


def _objects(value: Value) -> tuple[ModelObject, ...]:
    """The objects of models that a value may be; none where it may be something else, too."""
    return only(value, ModelObject)
