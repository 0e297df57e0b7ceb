"""What a project does with its changes as a rule: the work that makes them commits them.

A session that is handed in, or of a request, does not say when it ends. Where what handlers, tasks and
commands change is otherwise committed before they are done, nobody does that behind them: a change that still
waits when one of them ends is lost. So it is in a function that nobody calls, beside others that commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.sessions.lives import Mark, Writing, waits
from archlint.frameworks.sqlalchemy.sessions.owner import Origin
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.sessions.waiting import ended_ways, last_writings, writings
from archlint.frameworks.sqlalchemy.sessions.works import Works
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.project.answer import UNKNOWN
from archlint.project.flow.trace import Called, Exit, Trace
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_FEWEST = 3
"""Changes that are committed where the work begins, before that is the custom."""

_TIMES = 3
"""How many times more of them there are than of those that are left."""

_SIBLINGS = 2
"""Functions of a module that commit what they change, before another that nobody calls has to."""

_OF_OTHERS = frozenset({"promised", "scoped"})
"""Sessions whose end the work does not see."""


class _Changes(msgspec.Struct):
    """What became of the changes in sessions of one kind: who began the work, and where they were made."""

    kept: set[tuple[ProjectFunction, Place]] = msgspec.field(default_factory=set)
    left: set[tuple[ProjectFunction, Place]] = msgspec.field(default_factory=set)

    @property
    def are_kept(self) -> bool:
        """Whether nearly all are committed, as those count who begin, or as the places do."""
        for part in (0, 1):
            kept, left = ({each[part] for each in those} for those in (self.kept, self.left))
            if len(kept) >= max(_FEWEST, _TIMES * len(left)):
                return True
        return False


class CommittedByCustom:
    """Answers whether a change is left waiting by work that the project commits otherwise."""

    def __init__(self, project: Project) -> None:
        flow, self._works = project.view(DataFlow), project.view(Works)
        self._doubted = frozenset(_doubted(flow.traces()))
        changes: dict[str, _Changes] = {}
        committing: dict[object, set[ProjectFunction]] = {}
        for trace in self._works.traces:
            function = trace.function
            if function is None or trace.caller is not None:
                continue
            is_begun = self._works.is_begun_by_others(trace)
            for origin, writing, is_kept in self._changes(trace):
                if is_kept and writing.place.module is trace.module:
                    committing.setdefault(trace.module, set()).add(function)
                if is_begun:
                    of = changes.setdefault(origin.kind, _Changes())
                    (of.kept if is_kept else of.left).add((function, writing.place))
        self._kinds = frozenset(kind for kind, found in changes.items() if found.are_kept)
        self._committing = committing

    @classmethod
    def build(cls, project: Project) -> CommittedByCustom:
        """The view of a project."""
        return cls(project)

    def is_left(self, trace: Trace, way: Exit, origin: Origin, writing: Writing) -> bool:
        """Whether a change waits at a way out of a run with which a piece of work is over."""
        if not writing.is_told or not waits(way.state.get, origin, writing) or not _is_given(trace, origin):
            return False
        if self.is_doubted(writing):
            return False
        if self._works.is_begun_by_others(trace):
            return origin.kind in self._kinds
        return self._is_among_others(trace, origin, writing) and self._works.is_begun_unseen(trace)

    def is_doubted(self, writing: Writing) -> bool:
        """Whether a change waits where somebody unseen may commit it."""
        return writing.place in self._doubted

    def _changes(self, trace: Trace) -> Iterator[tuple[Origin, Writing, bool]]:
        """The last changes of a run in sessions of others, and whether they are committed."""
        found = [(way, *each) for way in ended_ways(trace) for each in last_writings(way.state)]
        kept = {
            (origin, writing.place)
            for way, origin, writing in found
            if isinstance(way.state.get((origin, "commit")), Mark)
            and not waits(way.state.get, origin, writing)
        }
        for way, origin, writing in found:
            if origin.kind not in _OF_OTHERS or not writing.is_told or not _is_given(trace, origin):
                continue
            if (origin, writing.place) in kept:
                yield origin, writing, True
            elif not self.is_doubted(writing) and waits(way.state.get, origin, writing):
                yield origin, writing, False

    def _is_among_others(self, trace: Trace, origin: Origin, writing: Writing) -> bool:
        """Whether a function changes something by itself, as others beside it do, who commit."""
        siblings = self._committing.get(trace.module, ())
        return (
            origin.kind in _OF_OTHERS and writing.place.module is trace.module and len(siblings) >= _SIBLINGS
        )


def _doubted(traces: Iterable[Trace]) -> Iterator[Place]:
    """The changes that wait where somebody unseen may commit: a method that nobody knows, `self.save()`."""
    for trace in traces:
        for event in trace.events:
            if isinstance(event, Called) and event.state and _is_unseen(event):
                yield from (writing.place for _, writing in writings(event.state))


def _is_unseen(event: Called) -> bool:
    """Whether it is a method of a mapped object, or one called like what commits, and nobody sees inside."""
    if event.trace is not None or event.callee is not UNKNOWN or isinstance(event.receiver, Session):
        return False
    if "commit" in event.name:
        return True
    receivers = something(event.receiver) if event.receiver is not None else ()
    return any(isinstance(each, Instance) for each in receivers)


def _is_given(trace: Trace, origin: Origin) -> bool:
    """Whether it is the session that the work has from outside.

    One that only a function on the way is promised may be another: the caller passed something unknown. What
    the constructor of a service or a repository is promised is what the work has given it.
    """
    if origin.kind != "promised" or origin.place is None:
        return True
    module, line = origin.place.module, origin.place.line
    givers = (*trace.provided_by(), *((trace.function,) if trace.function is not None else ()))
    if any(each.module is module and each.fact.line == line for each in givers):
        return True
    return any(each.line == line and each.name == "__init__" for each in module.functions)
