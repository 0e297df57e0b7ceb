"""From an object of many back to the loop that it comes from, and to the query set that is looped over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Comprehension, Expression
from archlint.facts.statements import For
from archlint.finding import Related
from archlint.frameworks.call_sites import CallSite, CallSites, Way
from archlint.frameworks.django.loads.execution import Execution
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.asked import begins
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.query.web.pages import Page
from archlint.frameworks.places.expressions import spot
from archlint.project.answer import External
from archlint.project.flow.trace import Called, Context, Event, Loop, Trace
from archlint.project.flow.values import Either, Items, Many, Value, alternatives

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


class Around(msgspec.Struct, frozen=True):
    """A loop around a place, perhaps in a caller."""

    trace: Trace
    """The run that has the loop."""

    loop: Loop
    way: Way
    """The calls that lead from there to the place, the innermost first."""


_SAVING = frozenset({"clean", "delete", "full_clean", "save"})
_FURTHEST = 3
"""Calls between a loop and what happens in it; what is further away is hardly about the loop."""


def around(sites: CallSites, trace: Trace, event: Event) -> Iterator[Around]:
    """The loops around a place, the nearest first, through the callers up.

    What saves a row queries the database for it anyway, and may read what it needs. What is raised ends the
    loop.
    """
    if event.context.raising:
        return
    for here, way in sites.ways_up(trace, _reads_rows):
        if len(way) > _FURTHEST:
            return
        mapped = _mapped(way[-1]) if way else None
        if mapped is not None:
            yield Around(here, mapped, way)
        context = _context(event, way)
        for loop in reversed(context.loops):
            yield Around(here, loop, way)


def loop_of(sites: CallSites, trace: Trace, event: Event, row: ModelObject) -> Around | None:
    """The loop that an object comes from; None for objects that stand alone."""
    if row.source is None or row.how != "row":
        return None
    for found in around(sites, trace, event):
        if gives(found.loop.over, row.source):
            return found
    return None


def gives(over: Value, source: QuerySet) -> bool:
    """Whether a loop over a value goes through the rows of a query set."""
    for option in alternatives(over):
        if isinstance(option, QuerySet) and option == source:
            return True
        if isinstance(option, Page) and option.rows == source:
            return True
        if isinstance(option, Many) and (_holds(option.of, source) or gives(option.source, source)):
            return True
    return False


def goes_through_rows(over: Value) -> bool:
    """Whether a loop over a value goes through what a query set gives, of whatever shape."""
    for option in alternatives(over):
        if isinstance(option, QuerySet) and not option.is_manager:
            return True
        if isinstance(option, Many) and isinstance(option.of, Many):
            continue  # some of them at a time: who loops so has already made few queries of many
        if isinstance(option, Many) and (goes_through_rows(option.source) or _is_row(option.of)):
            return True
    return False


def goes_through_objects(over: Value) -> bool:
    """Whether a loop over a value surely goes through objects of models: no values, no pieces of a list."""
    options = list(alternatives(over))
    return bool(options) and all(
        (isinstance(option, QuerySet) and option.shape == "objects")
        or (isinstance(option, Many) and not isinstance(option.of, Items) and _is_row(option.of))
        for option in options
    )


def _is_row(value: Value) -> bool:
    if isinstance(value, Items):
        return any(map(_is_row, value.items))
    return any(isinstance(option, ModelObject) and option.how == "row" for option in alternatives(value))


def writes_in(execution: Execution, found: Around) -> bool:
    """Whether a loop changes the database in each turn."""
    for asked in execution.by_trace.get(id(found.trace), ()):
        if asked.is_write and found.loop in asked.context.loops:
            return True
    for event in found.trace.events:
        if isinstance(event, Called) and event.trace is not None and found.loop in event.context.loops:
            for trace in (event.trace, *event.trace.inside()):
                if any(asked.is_write for asked in execution.by_trace.get(id(trace), ())):
                    return True
    return False


def ranged(loop: Loop) -> Expression | None:
    """What a loop is written to range over; None for `while`."""
    form = loop.form
    if isinstance(form, For):
        return form.iterable
    return form.generators[0].iterable if isinstance(form, Comprehension) else None


def made_at(project: Project, source: QuerySet, found: Around) -> tuple[Related, ...]:
    """Where the query set of a loop is made, as far as it can be seen; else where it is looped over."""
    made = made_in(source, found.trace)
    if made is not None:
        module, form = made
        return (Related(spot(project, module, form), "the query set is built here"),)
    form_over = ranged(found.loop)
    if form_over is None:
        return ()
    return (Related(spot(project, found.trace.module, form_over), "the rows come from here"),)


_DEEPEST = 6


def made_in(source: QuerySet, trace: Trace) -> tuple[Module, Expression] | None:
    """The first call that gives a query set, as far inside as it can be seen."""
    made = _made(source, trace)
    return None if made is None else (made[0].module, made[1])


def begun_in(source: QuerySet, trace: Trace) -> tuple[Module, Expression] | None:
    """Where the body that makes a query set says what it loads, or else begins it."""
    made = _made(source, trace)
    if made is None:
        return None
    run, form = made
    steps = [
        event
        for event in run.events
        if isinstance(event, Called) and any(_is_like(one, source) for one in alternatives(event.result))
    ]
    loading = [event for event in steps if event.name in ("select_related", "prefetch_related")]
    return run.module, loading[-1].form if loading else (steps[0].form if steps else form)


def _is_like(value: Value, source: QuerySet) -> bool:
    """Whether a value is a query set of the same model, and as little `none()` as the other."""
    return isinstance(value, QuerySet) and value.model == source.model and value.is_empty == source.is_empty


def _made(source: QuerySet, trace: Trace, depth: int = 0) -> tuple[Trace, Expression] | None:
    for event in trace.events:
        if not isinstance(event, Called) or not any(
            option == source for option in alternatives(event.result)
        ):
            continue
        goes_in = event.trace is not None and depth < _DEEPEST and not begins(event)
        inner = _made(source, event.trace, depth + 1) if goes_in and event.trace is not None else None
        return inner or (trace, event.form)
    return None


def _holds(value: Value, source: QuerySet) -> bool:
    """Whether a value is a row of a query set, or something that has one in it."""
    if isinstance(value, ModelObject):
        return value.source == source
    if isinstance(value, Either):
        return any(_holds(option, source) for option in value.options)
    return isinstance(value, Items) and any(_holds(item, source) for item in value.items)


def _mapped(site: CallSite) -> Loop | None:
    """`map(function, rows)` is a loop, and `sorted(rows, key=function)`, too."""
    event = site.event
    if not isinstance(event, Called) or not isinstance(event.callee, External):
        return None
    position = _ASKING_EACH.get(event.callee.name)
    given = event.arguments.positional
    if position is None or not given:
        return None
    return Loop(given[position], event.form)


_ASKING_EACH = {
    "builtins.filter": -1,
    "builtins.map": -1,
    "builtins.max": 0,
    "builtins.min": 0,
    "builtins.sorted": 0,
    "itertools.groupby": 0,
}
"""Functions that call another one with each of some values, and where they take the values."""


def _context(event: Event, way: Way) -> Context:
    return way[-1].event.context if way else event.context


def _reads_rows(site: CallSite) -> bool:
    context = site.event.context
    return not (context.deferred or context.raising or site.event.name in _SAVING)
