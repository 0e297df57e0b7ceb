"""Sessions that are put aside for a request, `g.session`: who commits and closes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archlint.frameworks.call_sites import CallSites
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.holding import origins
from archlint.frameworks.sqlalchemy.values.lives import Origin, Writing

if TYPE_CHECKING:
    from archlint.project.flow.trace import Trace
    from archlint.project.project import Project


class KeptAside:
    """Answers whether a session that was put aside is closed behind its handlers, and not committed.

    Whoever commits without changing anything does it for others: a middleware, a teardown. Where there is
    one, or where nobody closes the session, nothing is said.
    """

    def __init__(self, project: Project) -> None:
        flow = project.view(DataFlow)
        self._sites = project.view(CallSites)
        traces = flow.traces()
        aside = {origin for _, value in flow.flow.shelves for origin in origins(value)}
        committed, closed = set[Origin](), set[Origin]()
        for trace in traces if aside else ():
            for way in trace.exits:
                for origin in aside:
                    if not isinstance(way.state.get((origin, "writing")), Writing):
                        committed |= {origin} if _has(way.state, origin, "commit") else set()
                        closed |= {origin} if _has(way.state, origin, "close") else set()
        self._dropped = closed - committed

    @classmethod
    def build(cls, project: Project) -> KeptAside:
        """The view of a project."""
        return cls(project)

    def is_dropped(self, trace: Trace, origin: Origin) -> bool:
        """Whether what waits at the end of a run is gone; the run is a handler's, by all signs."""
        if origin not in self._dropped or trace.function is None or trace.caller is not None:
            return False
        return not self._sites.is_called(trace.function)


def _has(state: Mapping[object, object], origin: Origin, phase: str) -> bool:
    """Whether something happened to a session on some way here."""
    return state.get((origin, phase)) not in (None, "nothing")
