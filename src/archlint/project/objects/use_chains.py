"""The way from a function, through the functions it calls, to something that one of them does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Protocol

import msgspec

from archlint.facts.expressions import Attribute, Name
from archlint.finding import Location, Related
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.module import Module
from archlint.project.objects.invocations import Invocations
from archlint.project.objects.uses import Use
from archlint.project.spans import Span, root

if TYPE_CHECKING:
    from archlint.project.project import Project


class UsesByModule(Protocol):
    """Tells what a module uses."""

    def of(self, module: Module) -> tuple[Use, ...]:
        """The uses of a module."""
        ...


class End(msgspec.Struct, frozen=True):
    """What a function does: the thing by its dotted name, and the place."""

    name: str
    span: Span


class Chain(msgspec.Struct, frozen=True):
    """A way to an end: the calls on it, each with its place, and what the last function does there."""

    calls: tuple[Related, ...]
    end: End
    place: Location


class FirstUses:
    """The first wanted use of every function that has one.

    What a provider does with the very object it lends is no use: `yield session`, then `session.close()`.
    """

    def __init__(self, project: Project, uses: UsesByModule, is_wanted: Callable[[str], bool]) -> None:
        self._functions = project.view(Functions)
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
        return use.function is not None and self._is_wanted(use.name) and not self._is_lent(use)

    def _is_lent(self, use: Use) -> bool:
        function = use.function
        if function is None or not function.fact.is_generator or not isinstance(use.form, Attribute):
            return False
        lent = (each for each in self._functions.summary(function).yields if isinstance(each, Name))
        return root(use.form) in {each.id for each in lent}


def shortest_chain(
    project: Project,
    start: ProjectFunction,
    through: Collection[Module],
    end_of: Callable[[ProjectFunction], End | None],
) -> Chain | None:
    """The shortest way from a function to one that has an end, within some modules."""
    invocations = project.view(Invocations)
    waiting: deque[tuple[ProjectFunction, tuple[Related, ...]]] = deque([(start, ())])
    seen = {start}
    while waiting:
        function, calls = waiting.popleft()
        end = end_of(function)
        if end is not None:
            return Chain(calls, end, project.location(function.module, *end.span))
        for each in invocations.of(function):
            if each.function in seen or each.function.module not in through:
                continue
            seen.add(each.function)
            place: Location = project.location(function.module, *each.span)
            step = Related(place, f"`{function.name}` {each.how} `{each.function.name}` here")
            waiting.append((each.function, (*calls, step)))
    return None
