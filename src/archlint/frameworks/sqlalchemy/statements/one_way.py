"""What is wrong at a place for all who come there, apart from what is right for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from archlint.frameworks.places.expressions import place, spot
from archlint.project.guards import is_one_way

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.finding import Location
    from archlint.project.flow.trace import Trace
    from archlint.project.project import Project

P = TypeVar("P")


def problems(
    project: Project, met: Iterable[tuple[Trace, Expression, P | None]]
) -> Iterator[tuple[Location, P] | bool]:
    """The first problem of each place; True for what has none, False where it may be meant for others."""
    right: set[tuple[str, int, int]] = set()
    wrong: dict[tuple[str, int, int], tuple[Trace, Expression, P]] = {}
    for trace, form, problem in met:
        key = (trace.module.path, *place(form))
        if problem is None:
            right.add(key)
            yield True
        else:
            wrong.setdefault(key, (trace, form, problem))
    for key, (trace, form, problem) in wrong.items():
        is_for_others = key in right and is_one_way(trace.module, key[1])
        yield False if is_for_others else (spot(project, trace.module, form), problem)
