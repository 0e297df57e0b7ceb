"""Every call whose arguments Django refuses, and every index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression, Literal, Slice, Subscript
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.expression import Expr, Maker
from archlint.frameworks.django.query.objects import signatures as object_signatures
from archlint.frameworks.django.query.objects.attributes import Attributes
from archlint.frameworks.django.query.objects.model_object import ModelObject, defines
from archlint.frameworks.django.query.objects.related_managers import TAKE_OBJECTS, relation_behind
from archlint.frameworks.django.query.paths import Paths
from archlint.frameworks.django.query.sets import signatures
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.refusals import arguments as arguments
from archlint.frameworks.django.refusals.filtered_relations import wrong_condition
from archlint.frameworks.django.refusals.refused import Refused, Wrong, refusal, refused_calls
from archlint.frameworks.django.registered_lookups import RegisteredLookups
from archlint.frameworks.django.settings.backends import backends
from archlint.frameworks.django.version import Version
from archlint.project.classes import ClassHierarchy
from archlint.project.flow.trace import Called, Subscripted
from archlint.project.flow.values import Constant, only

if TYPE_CHECKING:
    from archlint.project.project import Project

_BULK = frozenset({"bulk_create", "bulk_update", "abulk_create", "abulk_update"})
_LATEST = frozenset({"latest", "earliest", "alatest", "aearliest"})
_IN_BULK = frozenset({"in_bulk", "ain_bulk"})
_NAMING = frozenset({"annotate", "alias"})
_WITH_TARGET = frozenset({"postgresql", "sqlite3"})
"""Backends whose `ON CONFLICT` says which conflict, `supports_update_conflicts_with_target`."""

_SIDES = frozenset({"asc", "desc"})
_SAVES = frozenset({"save", "asave"})
_OF_OBJECTS = frozenset(object_signatures.TAKES) | object_signatures.ASYNC
_NAMES = frozenset(arguments.OF_SETS) | _BULK | _LATEST | _IN_BULK


def refused_arguments(project: Project) -> Iterator[Refused | None]:
    """What is to be said of each; None for nothing."""
    models, hierarchy = project.view(DjangoModels), project.view(ClassHierarchy)
    paths = Paths(models, project.view(RegisteredLookups))
    known = backends(project)
    names_target = bool(known) and known <= _WITH_TARGET

    def ask(event: Called, one: QuerySet) -> Wrong | None:
        model = models.model(one.model)
        if not isinstance(model, DjangoModel):
            return None
        if event.name in _BULK:
            return arguments.bulk(model, models, event, names_target=names_target)
        if event.name in _LATEST:
            return arguments.latest(model, hierarchy, event)
        if event.name in _IN_BULK:
            return arguments.in_bulk(model, one, event)
        wrong = arguments.OF_SETS[event.name](event)
        if wrong is None and event.name in _NAMING:
            return wrong_condition(paths, model, event)
        return wrong

    yield from refused_calls(project, _NAMES, ask)
    yield from _untaken(project)
    yield from _made_and_saved(project)
    yield from _managed(project)
    yield from _indices(project)


def _untaken(project: Project) -> Iterator[Refused | None]:
    """What Django's own methods do not take."""
    flow = project.view(DataFlow).flow
    for trace, event in project.view(DataFlow).events(Called):
        name = event.name[1:] if event.name in signatures.ASYNC else event.name
        sets = query_sets(event.receiver) if name in signatures.TAKES and not runs_own(event) else None
        if sets is None:
            continue
        site = flow.site(trace.module)
        if any(not one.has_known_bases or one.defines(event.name, site) for one in sets):
            yield None  # a class that nobody sees may take more
            continue
        yield refusal(project, trace, event, signatures.untaken(name, event.arguments))


def _made_and_saved(project: Project) -> Iterator[Refused | None]:
    for trace, event in project.view(DataFlow).events(Called):
        if isinstance(event.callee, Maker):
            wrong = arguments.made(event)
        elif event.name in _SIDES and only(event.receiver, Expr):
            wrong = arguments.nulls(event)
        elif event.name in _OF_OBJECTS and event.trace is None and only(event.receiver, ModelObject):
            wrong = arguments.saved(event) if event.name in _SAVES else None
            if wrong is None and _has_own_methods(project, event):
                continue
            wrong = wrong or object_signatures.untaken(event, project.view(Version))
        else:
            continue
        yield refusal(project, trace, event, wrong)


def _managed(project: Project) -> Iterator[Refused | None]:
    """`order.tags.set(tag)`, `order.lines.add(3)`."""
    models = project.view(DjangoModels)
    for trace, event in project.view(DataFlow).events(Called):
        relation = relation_behind(models, event) if event.name in TAKE_OBJECTS else None
        if relation is None or runs_own(event):
            continue
        yield refusal(project, trace, event, arguments.related(relation, event))


def _has_own_methods(project: Project, event: Called) -> bool:
    """Whether a class of the project, or one that cannot be seen, may say what the method takes."""
    models, attributes = project.view(DjangoModels), project.view(Attributes)
    for one in only(event.receiver, ModelObject):
        model = models.model(one.model)
        if not isinstance(model, DjangoModel) or model.is_open or models.hides_bases(model):
            return True
        if model.cls is not None and attributes.defines(one, event.name) is not False:
            return True
        site = project.view(DataFlow).flow.site(model.cls.module) if model.cls is not None else None
        if site is None or defines(model, event.name, site):
            return True
    return False


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
