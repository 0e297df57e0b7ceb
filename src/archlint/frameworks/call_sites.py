"""From a run of a body up to everything that leads to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.project.flow.trace import Called, Read, Trace

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_MOST = 400
"""Runs that are looked at on the way up from one."""


class CallSite(msgspec.Struct, frozen=True):
    """One place that leads to a run: a call, or the read of a property."""

    caller: Trace
    event: Called | Read
    inside: Trace
    """The run that it leads to."""


Way: TypeAlias = tuple[CallSite, ...]
"""Call sites that lead to each other, the innermost first."""


class CallSites:
    """Who leads to which run, as far as values are known."""

    def __init__(self, project: Project) -> None:
        data_flow = project.view(DataFlow)
        self._sites: dict[int, list[CallSite]] = {}
        self._called: set[ProjectFunction] = set()
        kinds: tuple[type[Called] | type[Read], ...] = (Called, Read)
        for kind in kinds:
            for caller, event in data_flow.events(kind):
                for inside in _led_to(event):
                    self._sites.setdefault(id(inside), []).append(CallSite(caller, event, inside))
                    if inside.function is not None and inside.function is not caller.function:
                        self._called.add(inside.function)

    @classmethod
    def build(cls, project: Project) -> CallSites:
        """The view of a project."""
        return cls(project)

    def of(self, trace: Trace) -> tuple[CallSite, ...]:
        """The places that lead to a run."""
        return tuple(self._sites.get(id(trace), ()))

    def is_called(self, function: ProjectFunction) -> bool:
        """Whether anybody in the project surely calls a function."""
        return function in self._called

    def ways_up(self, trace: Trace, goes_on: Callable[[CallSite], bool]) -> Iterator[tuple[Trace, Way]]:
        """Every run that leads to one, itself first, each once, with a way from it.

        `goes_on` is asked of each place on the way whether to look beyond it.
        """
        met = {id(trace)}
        pending: list[tuple[Trace, Way]] = [(trace, ())]
        for here, way in pending:
            yield here, way
            for site in self._sites.get(id(here), ()):
                if id(site.caller) not in met and len(met) < _MOST and goes_on(site):
                    met.add(id(site.caller))
                    pending.append((site.caller, (*way, site)))


def _led_to(event: Called | Read) -> tuple[Trace, ...]:
    """The runs of a call or property, each of those that it may be."""
    if event.trace is None:
        return ()
    return (event.trace, *event.besides) if isinstance(event, Called) and event.besides else (event.trace,)
