"""Queries of their own that code makes about a row which it is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.frameworks.django.loads.keyed import is_about
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.project.flow.trace import Called
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.frameworks.django.loads.execution import Asked, Execution
    from archlint.frameworks.django.query.objects.model_object import ModelObject
    from archlint.project.flow.trace import Trace
    from archlint.project.flow.values import Value
    from archlint.project.functions import ProjectFunction

_FURTHEST = 4
"""Calls between what keeps an answer and the query."""


def asked_about(execution: Execution, run: Trace, row: ModelObject) -> Iterator[Asked]:
    """The queries of one run that no prefetch could have spared as they stand."""
    for asked in execution.of(run):
        if asked.is_write or asked.is_served_whole or not _is_about(asked, run, row):
            continue
        if not _is_cached(run):
            yield asked


def given_back(run: Trace, value: Value, row: ModelObject) -> Iterator[Asked]:
    """The query sets about a row that a property or method returns: who writes them out asks for them."""
    from archlint.frameworks.django.loads.execution import Asked

    for one in query_sets(value) or ():
        if one.is_manager or one.is_whole or one.is_held or one.is_empty:
            continue
        begun = {one, replace(one, is_sliced=False)}
        calls = (event for event in run.events if isinstance(event, Called))
        made = [event for event in calls if not begun.isdisjoint(something(event.result))]
        found = (Asked(run, event, "iteration", False, (one,)) for event in made[-1:])
        yield from (asked for asked in found if _is_about(asked, run, row))


def _is_about(asked: Asked, run: Trace, row: ModelObject) -> bool:
    """Whether a query is about the row that is written out: its related objects, or those that name it."""
    if not asked.sets or asked.relation is not None:
        return False
    if any(one.of is not None and one.of.source == row.source for one in asked.sets):
        return True
    names = [name for name, value in run.arguments or () if value == row]
    return run.function is not None and bool(names) and is_about(run.function, names, asked.evaluated)


def _is_cached(run: Trace) -> bool:
    """Whether a function on the way puts what it finds out into a cache, or a decorator does."""
    here: Trace | None = run
    for _ in range(_FURTHEST):
        if here is None:
            return False
        function = here.function
        if function is not None and _caches(function):
            return True
        here = here.caller[0] if here.caller is not None else None
    return False


def _caches(function: ProjectFunction) -> bool:
    if any("cache" in name and name != "cached_property" for name in function.decorators):
        return True
    module, fact = function.module, function.fact
    return module.mentions(fact, "cache") and module.mentions(fact, "set", "get_or_set", "set_many")
