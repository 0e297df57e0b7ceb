"""Every path that the queries of a project follow, and how far each leads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.facts.expressions import Attribute, Keyword, Literal, Mapping, written_text
from archlint.frameworks.asking_first import looks_first
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.annotated_names import AnnotatedNames
from archlint.frameworks.django.models.field_kinds import RELATIONS, known_kind
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expected import is_caught
from archlint.frameworks.django.query.expressions.expression import Expr, Reference
from archlint.frameworks.django.query.named import Function
from archlint.frameworks.django.query.objects.model_object import ModelClass, query_set
from archlint.frameworks.django.query.paths import Followed, Paths, Verdict
from archlint.frameworks.django.query.sets.asked import SHORTCUTS, query_sets, references
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.refusals.refused import CAUGHT
from archlint.frameworks.django.registered_lookups import RegisteredLookups
from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import Site
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Arguments, Either, Entries
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.facts.expressions import Call
    from archlint.project.module import Module
    from archlint.project.project import Project


_FORGIVING = "rest_framework.generics.get_object_or_404"
"""It catches TypeError, ValueError and ValidationError, which Django's own does not."""

LOADING = frozenset({"only", "defer"})
"""Methods that take names of columns and of no annotations; some take any relation."""

_FORGETTING = frozenset({"aupdate", "update", "values", "values_list"})
"""Methods that put what those have chosen away, before anybody has looked at it."""


class AskedPath(msgspec.Struct, frozen=True):
    """One path of one query."""

    reference: Reference
    method: str
    followed: Followed
    """Of a query set that may be several, the way that leads furthest."""

    is_only: bool
    """Whether the query set is surely this one."""

    asked_at: tuple[Module, Call] | None = None
    """The call of the query, where the path is written by a caller: `find(city="Ulm")`."""

    is_expected: bool = False
    """Somebody expects that the value is refused: `except ValueError`, or a shortcut that answers 404."""

    is_called: bool = False
    """It was met in the run for one caller, of several perhaps."""


class AskedPaths:
    """The paths in the calls on all query sets. A place may be met more than once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._models = project.view(DjangoModels)
        self.paths = Paths(self._models, project.view(RegisteredLookups))
        self._data_flow = project.view(DataFlow)
        self._functions = project.view(Functions)

    @classmethod
    def build(cls, project: Project) -> AskedPaths:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[AskedPath]:
        return iter(self._all)

    @cached_property
    def _all(self) -> tuple[AskedPath, ...]:
        return tuple(self._asked())

    def _asked(self) -> Iterator[AskedPath]:
        several: dict[tuple[object, ...], list[tuple[Trace, Called, tuple[QuerySet, ...]]]] = {}
        for trace, called in self._data_flow.events(Called):
            event, sets = _asking(called, self._data_flow.flow.site(trace.module))
            if sets is None or self._makes_its_own(event, sets, trace.module):
                continue
            if _is_one_of_several(event):
                place = trace.module.path, event.form.line, event.form.column
                several.setdefault(place, []).append((trace, event, sets))
            else:
                yield from self._of(trace, event, sets)
        for runs in several.values():
            if len({one.model for _, _, sets in runs for one in sets}) == 1:
                for trace, event, sets in runs:
                    yield from self._of(trace, event, sets)

    def _of(self, trace: Trace, event: Called, sets: tuple[QuerySet, ...]) -> Iterator[AskedPath]:
        after = query_sets(event.result) or ()
        for reference in references(event, trace.module):
            ways = [
                self._follow_stored(one, reference, event.name)
                if event.name in LOADING
                else self._follow(one, _names(event, after), after, reference)
                for one in sets
            ]
            best = min(ways, key=lambda way: _ORDER[way.verdict])
            if best.verdict is Verdict.NO_FIELD and looks_first(self._functions, trace, best.part):
                best = Followed(Verdict.UNKNOWN)
            if best.verdict is Verdict.NO_FIELD and event.name in LOADING and _is_taken_back(trace, event):
                best = Followed(Verdict.UNKNOWN)
            written = _written_by_caller(reference, trace, event)
            asked_at = None if written is reference else (trace.module, event.form)
            is_expected = is_caught(event, CAUGHT) or event.callee == Function(_FORGIVING)
            yield AskedPath(
                written, event.name, best, len(ways) == 1, asked_at, is_expected, trace.caller is not None
            )

    def _follow(
        self, base: QuerySet, names: frozenset[str], after: tuple[QuerySet, ...], reference: Reference
    ) -> Followed:
        model = self._models.model(base.model)
        if not isinstance(model, DjangoModel):
            return Followed(Verdict.UNKNOWN)
        known = self.begun(base)
        is_open = known.is_open or any(one.is_open for one in after)
        names = names.union(known.annotations)
        if known.is_unseen:
            names |= self._project.view(AnnotatedNames).names
        name, _, rest = reference.path.partition("__")
        relation = dict(known.filtered).get(name) if rest else None
        if relation is not None:
            return self._behind(model, name, relation, rest, is_condition=reference.is_condition)
        return self.paths.follow(
            model,
            reference.path,
            names,
            is_open=is_open,
            is_condition=reference.is_condition,
        )

    def _behind(
        self, model: DjangoModel, name: str, relation: str, rest: str, *, is_condition: bool
    ) -> Followed:
        """A path behind the name of a `FilteredRelation`."""
        found = self.paths.follow(model, f"{relation}__{rest}", is_condition=is_condition)
        if not found.prefix.startswith(f"{relation}__"):
            return found if found.verdict is Verdict.FOUND else Followed(Verdict.UNKNOWN)
        return replace(found, prefix=name + found.prefix[len(relation) :])

    def _follow_stored(self, base: QuerySet, reference: Reference, method: str) -> Followed:
        """A path of `only` or `defer`, which load columns and leave alone what is computed."""
        model = self._models.model(base.model)
        if not isinstance(model, DjangoModel):
            return Followed(Verdict.UNKNOWN)
        first = reference.path.partition("__")[0]
        if first in base.annotations and all(one.name != first for one in base.computed):
            return Followed(Verdict.UNKNOWN)  # a `FilteredRelation` is one that `defer` follows
        if method == "defer" and reference.path == "pk":
            return Followed(Verdict.NO_FIELD, model, None, "pk", "", self.paths.names(model))
        return self.paths.follow(model, reference.path, is_open=base.is_open, is_condition=False)

    def _makes_its_own(self, event: Called, sets: tuple[QuerySet, ...], module: Module) -> bool:
        """Whether the project's own class decides what the conditions mean; `get` asks `filter`."""
        site = self._data_flow.flow.site(module)
        names = (event.name, *_HANDED_ON.get(event.name.removeprefix("a"), ()))
        return any(one.defines(name, site) for one in sets for name in names)

    def begun(self, base: QuerySet) -> QuerySet:
        """The query set that a manager of the project begins with."""
        if not base.is_manager or base.manager is None:
            return base
        begun = base.begun(self._data_flow.flow.site(base.manager.module))
        return begun if isinstance(begun, QuerySet) else base


def _asking(event: Called, site: Site) -> tuple[Called, tuple[QuerySet, ...] | None]:
    """A call with the query sets it asks: `get_object_or_404(orders, pk=1)` is `orders.get(pk=1)`."""
    callee, arguments = event.callee, event.arguments
    if isinstance(callee, External) and known_kind(callee.name) in RELATIONS:
        return _choosing(event)
    if not isinstance(callee, Function) or callee.name.rpartition(".")[2] not in SHORTCUTS:
        return event, query_sets(event.receiver)
    named = tuple(entry for entry in arguments.named if entry[0] != "klass")
    asked = replace(
        event, name="get", arguments=Arguments(arguments.positional[1:], named, arguments.is_open)
    )
    return asked, query_sets(query_set(arguments.get("klass", 0) or UNKNOWN, site))


def _choosing(event: Called) -> tuple[Called, tuple[QuerySet, ...] | None]:
    """What a relation asks of its target: `ForeignKey(Seat, limit_choices_to={"sold": False})`."""
    target, limit = event.arguments.get("to", 0), event.arguments.get("limit_choices_to")
    if not isinstance(target, ModelClass) or not isinstance(limit, (Entries, Expr)):
        return event, None
    asked = Arguments((limit,)) if isinstance(limit, Expr) else Arguments((), limit.values, limit.is_open)
    form = replace(event.form, keywords=_written_keys(event.form))
    return replace(event, name="filter", form=form, arguments=asked), (QuerySet(target.model),)


def _written_keys(form: Call) -> tuple[Keyword, ...]:
    """The keys of `limit_choices_to={"sold": False}`, as if they were keywords."""
    given = next((one.value for one in form.keywords if one.name == "limit_choices_to"), None)
    pairs = zip(given.keys, given.values, strict=True) if isinstance(given, Mapping) else ()
    return tuple(
        Keyword(text, value, key.line, key.column + 1)
        for key, value in pairs
        if isinstance(key, Literal) and (text := written_text(key)) is not None
    )


def _is_taken_back(trace: Trace, loading: Called) -> bool:
    """Whether the next step forgets which columns were chosen: `orders.only("sum").values("id")`."""
    return any(
        isinstance(event, Called)
        and event.name in _FORGETTING
        and isinstance(event.form.function, Attribute)
        and event.form.function.value is loading.form
        for event in trace.events
    )


def _is_one_of_several(event: Called) -> bool:
    """Whether a condition is one of several: which of them belongs to which model is for the code to know."""
    return any(
        isinstance(given, Either) and sum(isinstance(one, Expr) for one in given.options) > 1
        for given in event.arguments.positional
    )


def _written_by_caller(reference: Reference, trace: Trace, event: Called) -> Reference:
    """Where a condition that the query takes from `**conditions` is written."""
    form = event.form
    if not reference.is_condition or (reference.line, reference.column) != (form.line, form.column):
        return reference
    for _ in range(_FURTHEST):
        if trace.caller is None:
            break
        trace, form = trace.caller
        for keyword in form.keywords:
            if keyword.name == reference.path:
                place = {"module": trace.module, "line": keyword.line, "column": keyword.column}
                return replace(reference, **place)
    return reference


_FURTHEST = 4
"""Calls between the one that names a condition and the query."""


def _names(event: Called, after: tuple[QuerySet, ...]) -> frozenset[str]:
    """The names that the call itself gives to what it computes; later ones may refer to earlier ones."""
    computed = (name for name, _ in event.arguments.named) if event.name in _AGGREGATE else ()
    return frozenset((*computed, *(name for one in after for name in one.annotations)))


_HANDED_ON = {
    "get": ("filter",),
    "get_or_create": ("get", "filter"),
    "update_or_create": ("get_or_create", "get", "filter"),
}
"""The methods that Django's own hand their conditions on to."""

_AGGREGATE = ("aggregate", "aaggregate")
_ORDER = {each: index for index, each in enumerate(Verdict)}
