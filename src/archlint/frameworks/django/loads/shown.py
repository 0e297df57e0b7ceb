"""Query sets whose rows are looked at one after the other: in loops that only read, and in templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.execution import Execution
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.query.web.rendering import Renderer
from archlint.project.flow.trace import Called, Loop, Trace
from archlint.project.flow.values import Constant, Entries, Value

if TYPE_CHECKING:
    from archlint.project.project import Project


class ShownSets:
    """The sliced query sets of a project that somebody sees the rows of."""

    def __init__(self, project: Project) -> None:
        self._execution = project.view(Execution)
        calls = project.view(DataFlow).events(Called)
        read = (each for asked in self._execution.all if asked.how == "iteration" for each in asked.sets)
        given = (each for _, event in calls for value in _given(event) for each in query_sets(value) or ())
        shown = {each for each in (*read, *given) if each.is_sliced}
        self.all = frozenset(shown - self._changed(calls, shown) if shown else shown)

    @classmethod
    def build(cls, project: Project) -> ShownSets:
        """The view of a project."""
        return cls(project)

    def _changed(self, calls: list[tuple[Trace, Called]], shown: set[QuerySet]) -> set[QuerySet]:
        """Those that a loop goes over which writes in its turns: they are batches."""
        changed: set[QuerySet] = set()
        for asked in self._execution.all:
            if asked.is_write:
                changed |= _over(asked.context.loops)
        for _, event in calls:
            here = _over(event.context.loops) & shown if event.trace is not None else set()
            if event.trace is None or not here or here <= changed:
                continue
            inside = (event.trace, *event.trace.inside())
            if any(one.is_write for trace in inside for one in self._execution.by_trace.get(id(trace), ())):
                changed |= here
        return changed


def _given(event: Called) -> Iterator[Value]:
    """What a template or a serializer is given."""
    if isinstance(event.callee, Renderer):
        for value in (*event.arguments.positional, *(value for _, value in event.arguments.named)):
            if isinstance(value, Entries):
                yield from (each for _, each in value.values)
    elif event.arguments.get("many") == Constant(True):
        instance = event.arguments.get("instance", 0)
        if instance is not None:
            yield instance


def _over(loops: Iterable[Loop]) -> set[QuerySet]:
    return {each for loop in loops for each in query_sets(loop.over) or ()}
