"""Every call whose arguments Django refuses, and every index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression, Literal, Slice, Subscript
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models import DjangoModel, DjangoModels
from archlint.frameworks.django.query import refused_arguments as arguments
from archlint.frameworks.django.query import signatures
from archlint.frameworks.django.query.asked import query_sets
from archlint.frameworks.django.query.expressions import Maker
from archlint.frameworks.django.query.objects import ModelObject
from archlint.frameworks.django.query.refused import Refused, Wrong, refusal, refused_calls
from archlint.frameworks.django.query.sets import QuerySet
from archlint.project.classes import ClassHierarchy
from archlint.project.flow.trace import Called, Subscripted
from archlint.project.flow.values import Constant, only

if TYPE_CHECKING:
    from archlint.project.project import Project

_BULK = frozenset({"bulk_create", "bulk_update", "abulk_create", "abulk_update"})
_LATEST = frozenset({"latest", "earliest", "alatest", "aearliest"})
_IN_BULK = frozenset({"in_bulk", "ain_bulk"})
_SAVES = frozenset({"save", "asave"})
_NAMES = frozenset(arguments.OF_SETS) | _BULK | _LATEST | _IN_BULK


def refused_arguments(project: Project) -> Iterator[Refused | None]:
    """What is to be said of each; None for nothing."""
    models, hierarchy = project.view(DjangoModels), project.view(ClassHierarchy)

    def ask(event: Called, one: QuerySet) -> Wrong | None:
        model = models.model(one.model)
        if not isinstance(model, DjangoModel):
            return None
        if event.name in _BULK:
            return arguments.bulk(model, models, event)
        if event.name in _LATEST:
            return arguments.latest(model, hierarchy, event)
        if event.name in _IN_BULK:
            return arguments.in_bulk(model, one, event)
        return arguments.OF_SETS[event.name](event)

    yield from refused_calls(project, _NAMES, ask)
    yield from _untaken(project)
    yield from _made_and_saved(project)
    yield from _indices(project)


def _untaken(project: Project) -> Iterator[Refused | None]:
    """What Django's own methods do not take."""
    flow = project.view(DataFlow).flow
    for trace, event in project.view(DataFlow).events(Called):
        name = event.name[1:] if event.name in signatures.ASYNC else event.name
        sets = query_sets(event.receiver) if name in signatures.TAKES and event.trace is None else None
        if sets is None:
            continue
        site = flow.site(trace.module)
        if any(one.is_open or one.defines(event.name, site) for one in sets):
            yield None  # a class that nobody sees may take more
            continue
        yield refusal(project, trace, event, signatures.untaken(name, event.arguments))


def _made_and_saved(project: Project) -> Iterator[Refused | None]:
    for trace, event in project.view(DataFlow).events(Called):
        if isinstance(event.callee, Maker):
            wrong = arguments.made(event)
        elif event.name in _SAVES and event.trace is None and only(event.receiver, ModelObject):
            wrong = arguments.saved(event)
        else:
            continue
        yield refusal(project, trace, event, wrong)


def _indices(project: Project) -> Iterator[Refused | None]:
    """`orders[-1]`, `orders[:-5]`, `orders["first"]`."""
    for trace, event in project.view(DataFlow).events(Subscripted):
        sets = query_sets(event.receiver)
        if sets is None or any(one.is_manager for one in sets):
            continue
        yield refusal(project, trace, event, _index(event))


def _index(event: Subscripted) -> Wrong | None:
    index = event.form.index if isinstance(event.form, Subscript) else None
    if isinstance(event.index, Constant) and isinstance(event.index.value, str):
        return f'a query set has no key `"{event.index.value}"`', "take one row out of it with `get()`"
    bounds = (index.lower, index.upper) if isinstance(index, Slice) else (index,)
    if any(_is_below_zero(bound) for bound in bounds):
        return "an index of a query set cannot be below zero", "reverse its order, and count from the start"
    return None


def _is_below_zero(form: Expression | None) -> bool:
    return isinstance(form, Literal) and isinstance(form.value, int) and form.value < 0
