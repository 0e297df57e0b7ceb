"""What Django refuses to do with a query set, and where it was asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.asked import query_sets
from archlint.frameworks.django.query.expected import is_caught
from archlint.frameworks.django.query.sets import QuerySet
from archlint.frameworks.spots import spot
from archlint.project.flow.trace import Called

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.project import Project

Wrong: TypeAlias = "tuple[str, str]"
"""What is wrong, and what to do."""

CAUGHT = frozenset({"", "Exception", "builtins.Exception", "ValueError", "builtins.ValueError"}) | frozenset(
    {"TypeError", "builtins.TypeError", "django.db.NotSupportedError", "django.core.exceptions.FieldError"}
)
"""Handlers that expect a refusal."""


@dataclass(frozen=True, slots=True)
class Refused:
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
        sets = query_sets(event.receiver) if event.name in names and event.trace is None else None
        if sets is None:
            continue
        wrong = [ask(event, one) for one in sets]
        if wrong[0] is None or None in wrong or is_caught(trace, event, CAUGHT):
            yield None
            continue
        yield Refused(spot(project, trace.module, event.form), *wrong[0])
