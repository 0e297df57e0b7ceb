"""What Django refuses to do with a query set, and where it was asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.expected import is_caught
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.places.expressions import spot, start
from archlint.project.flow.trace import Called, Operated, Subscripted

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.flow.trace import Trace
    from archlint.project.project import Project

Wrong: TypeAlias = "tuple[str, str]"
"""What is wrong, and what to do."""

CAUGHT = frozenset({"", "Exception", "builtins.Exception", "ValueError", "builtins.ValueError"}) | frozenset(
    {"TypeError", "builtins.TypeError", "django.db.NotSupportedError", "django.core.exceptions.FieldError"}
    | {"django.core.exceptions.ValidationError"}
)
"""Handlers that expect a refusal."""


_SHAPES = ("_fields", "_iterable_class")
"""What a query set knows of what it gives."""


class Refused(msgspec.Struct, frozen=True):
    """One call that raises."""

    location: Location
    message: str
    hint: str


def refused_calls(
    project: Project, names: frozenset[str], ask: Callable[[Called, QuerySet], Wrong | None]
) -> Iterator[Refused | None]:
    """What is to be said of each call of some methods of query sets; None for nothing.

    A value that may be one of several query sets is refused where each of them is.
    """
    for trace, event in project.view(DataFlow).events(Called):
        sets = query_sets(event.receiver) if event.name in names and not runs_own(event) else None
        if sets is None:
            continue
        wrong = [ask(event, one) for one in sets]
        is_open = None in wrong or _asks_for_shape(trace)
        yield refusal(project, trace, event, None if is_open else wrong[0])


def _asks_for_shape(trace: Trace) -> bool:
    """Whether a method of a query set's own class looks whether that gives rows: `self._fields is None`."""
    function = trace.function
    return function is not None and function.module.mentions(function.fact, *_SHAPES)


def refusal(
    project: Project, trace: Trace, event: Called | Subscripted | Operated, wrong: Wrong | None
) -> Refused | None:
    """What is to be said of something; None where nothing is wrong with it, or somebody expects it."""
    if wrong is None or is_caught(event, CAUGHT):
        return None
    place = spot if isinstance(event, Called) else start
    return Refused(place(project, trace.module, event.form), *wrong)
