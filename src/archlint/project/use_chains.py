"""The way from a function, through the functions it calls, to a use of something."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from archlint.finding import Location, Related
from archlint.project.call_graph import CallGraph
from archlint.project.functions import ProjectFunction
from archlint.project.module import Module
from archlint.project.uses import Use, name_span

if TYPE_CHECKING:
    from archlint.project.project import Project


class UsesByModule(Protocol):
    """Tells what a module uses."""

    def of(self, module: Module) -> tuple[Use, ...]:
        """The uses of a module."""
        ...


@dataclass(frozen=True, slots=True)
class Chain:
    """A way to a use: the calls on it, each with its place, and the use at its end."""

    calls: tuple[Related, ...]
    use: Use


def shortest_chain(
    project: Project,
    start: ProjectFunction,
    through: Collection[Module],
    is_wanted: Callable[[str], bool],
    uses: UsesByModule,
) -> Chain | None:
    """The shortest way from a function to a wanted use that stays within some modules."""
    graph = project.view(CallGraph)
    waiting: deque[tuple[ProjectFunction, tuple[Related, ...]]] = deque([(start, ())])
    seen = {start}
    while waiting:
        function, calls = waiting.popleft()
        found = (use for use in uses.of(function.module) if use.function == function and is_wanted(use.name))
        use = min(found, key=lambda use: use.span, default=None)
        if use is not None:
            return Chain(calls, use)
        for call in graph.calls_of(function):
            callee = call.function
            span = name_span(call.site.call.function)
            if callee is None or span is None or callee in seen or callee.module not in through:
                continue
            seen.add(callee)
            place: Location = project.location(function.module, *span)
            step = Related(place, f"`{function.name}` calls `{callee.name}` here")
            waiting.append((callee, (*calls, step)))
    return None
