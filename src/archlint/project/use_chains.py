"""The way from a function, through the functions it calls, to something that one of them does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from archlint.finding import Location, Related
from archlint.project.call_graph import CallGraph
from archlint.project.functions import ProjectFunction
from archlint.project.module import Module
from archlint.project.uses import Span, Use, name_span

if TYPE_CHECKING:
    from archlint.project.project import Project


class UsesByModule(Protocol):
    """Tells what a module uses."""

    def of(self, module: Module) -> tuple[Use, ...]:
        """The uses of a module."""
        ...


@dataclass(frozen=True, slots=True)
class End:
    """What a function does: the thing by its dotted name, and the place."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Chain:
    """A way to an end: the calls on it, each with its place, and what the last function does there."""

    calls: tuple[Related, ...]
    end: End
    place: Location


class FirstUses:
    """The first wanted use of every function that has one."""

    def __init__(self, uses: UsesByModule, is_wanted: Callable[[str], bool]) -> None:
        self._uses = uses
        self._is_wanted = is_wanted
        self._found: dict[Module, dict[ProjectFunction, End]] = {}

    def of(self, function: ProjectFunction) -> End | None:
        """The first in the order of the source."""
        module = function.module
        found = self._found.get(module)
        if found is None:
            found = self._found[module] = {}
            for use in sorted(filter(self._counts, self._uses.of(module)), key=lambda use: use.span):
                assert use.function is not None
                found.setdefault(use.function, End(use.name, use.span))
        return found.get(function)

    def _counts(self, use: Use) -> bool:
        return use.function is not None and self._is_wanted(use.name)


def shortest_chain(
    project: Project,
    start: ProjectFunction,
    through: Collection[Module],
    end_of: Callable[[ProjectFunction], End | None],
) -> Chain | None:
    """The shortest way from a function to one that has an end, within some modules."""
    graph = project.view(CallGraph)
    waiting: deque[tuple[ProjectFunction, tuple[Related, ...]]] = deque([(start, ())])
    seen = {start}
    while waiting:
        function, calls = waiting.popleft()
        end = end_of(function)
        if end is not None:
            return Chain(calls, end, project.location(function.module, *end.span))
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
