"""Changes that are never committed: their session ends before, or is closed behind its handlers."""

from __future__ import annotations

from collections.abc import Collection as Group
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.call_sites import CallSites
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.handlers import is_handler, is_view_method
from archlint.frameworks.sqlalchemy.candidates import is_migration
from archlint.frameworks.sqlalchemy.sessions.customary import CommittedByCustom
from archlint.frameworks.sqlalchemy.sessions.holding import origins
from archlint.frameworks.sqlalchemy.sessions.lives import Writing, is_never_committed, since, waiting, waits
from archlint.frameworks.sqlalchemy.sessions.owner import Origin
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.sessions.waiting import ended_ways, last_writings, writings
from archlint.frameworks.sqlalchemy.sessions.works import Works
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.trace import Called, Exit, Trace
from archlint.project.flow.values import Closure, Managed
from archlint.project.tries import is_in_handler

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.project.flow.values import Value
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

State = Mapping[object, object]
_LEAVING = frozenset({"__aexit__", "__exit__"})
_KNOWN = frozenset({"builtins", "sqlalchemy"})


class Lost(msgspec.Struct, frozen=True):
    """A change that is never committed."""

    writing: Writing
    trace: Trace
    way_out: Exit
    origin: Origin
    is_kept_elsewhere: bool
    """Whether others commit what this place changes: it leaves that to whoever calls it."""


def lost_writings(project: Project) -> Iterator[Lost | None]:
    """The changes that are waiting when their session ends; None for each that is committed."""
    aside, traces = project.view(KeptAside), project.view(DataFlow).traces()
    custom = project.view(CommittedByCustom)
    hierarchy = project.view(ClassHierarchy)
    handed_on = frozenset(_handed_on(traces))
    committed: frozenset[Place] = frozenset()
    for trace in traces:
        if is_migration(trace.module):
            continue  # whoever runs it commits
        ways = ended_ways(trace)
        ends = [
            (
                way,
                origin,
                writing,
                _is_over(hierarchy, trace, way, origin, writing)
                or aside.is_lost(trace, way, origin, writing)
                or (waits(way.state.get, origin, writing) and aside.is_dropped(trace, way, origin))
                or custom.is_left(trace, way, origin, writing),
            )
            for way in ways
            for origin, writing in last_writings(way.state)
        ]
        kept = _kept(trace, ways) if any(is_over for *_, is_over in ends) else frozenset()
        for way, origin, writing, is_over in ends:
            if not is_over or writing.place in kept or writing.place in handed_on:
                yield None
                continue
            committed = committed or frozenset(
                place for each in traces for place in _kept(each, ended_ways(each))
            )
            yield Lost(writing, trace, way, origin, writing.place in committed)


class KeptAside:
    """Answers whether a session that was put aside is closed behind its handlers, and not committed.

    So is a scoped session, which needs no place to be put: each request finds its own. Whoever commits
    without changing anything does it for others: a middleware, a teardown. Where there is one, where nobody
    closes the session, or where somebody unseen is given it, nothing is said.
    """

    def __init__(self, project: Project) -> None:
        flow = project.view(DataFlow)
        self._sites, self._works = project.view(CallSites), project.view(Works)
        self._custom = project.view(CommittedByCustom)
        traces = flow.traces()
        self._aside = aside = {origin for _, value in flow.flow.shelves for origin in origins(value)}
        aside |= set(_removed(self._works.traces))
        committed, closed = set[Origin](), set[Origin]()
        for trace in traces if aside else ():
            if trace.function is not None and self._sites.is_called(trace.function):
                continue  # who calls it is asked
            if self._works.is_begun_by_others(trace):
                continue  # it answers for itself
            for way in trace.exits:
                for origin in aside:
                    if not _has(way.state, origin, "writing"):
                        committed |= {origin} if _has(way.state, origin, "commit") else set()
                        closed |= {origin} if _has(way.state, origin, "close") else set()
        dropped = closed - committed
        self._dropped = dropped - _given_away(traces, dropped) if dropped else dropped

    @classmethod
    def build(cls, project: Project) -> KeptAside:
        """The view of a project."""
        return cls(project)

    def is_dropped(self, trace: Trace, way: Exit, origin: Origin) -> bool:
        """Whether a handler or a command has made a session, and lets go of it without a word."""
        is_made = origin.kind == "made" and origin.is_local and origin not in self._aside
        is_open = way.state.get((origin, "status")) == "open"
        return is_made and is_open and not trace.providers and self._works.is_begun_by_others(trace)

    def is_lost(self, trace: Trace, way: Exit, origin: Origin, writing: Writing) -> bool:
        """Whether something waits at the end of a run and is gone; the run is a handler's, by all signs."""
        if origin not in self._dropped or trace.function is None or trace.caller is not None:
            return False
        if waiting(trace.before.get, origin) is not None:
            return False  # somebody else's work: `self.session` is a property that is read in its middle
        if self._sites.is_called(trace.function):
            return False
        if origin.kind == "scoped" and (
            self._custom.is_doubted(writing) or not self._works.is_begun_by_others(trace)
        ):
            return False
        return waits(way.state.get, origin, writing)


def _removed(traces: Iterable[Trace]) -> Iterator[Origin]:
    """The scoped sessions of the project's own making that somebody removes."""
    for trace in traces:
        for event in trace.events:
            if isinstance(event, Called) and event.name == "remove" and isinstance(event.receiver, Session):
                origin = event.receiver.origin
                if origin.kind == "scoped" and origin.place is not None:
                    yield origin


def _given_away(traces: Iterable[Trace], sessions: set[Origin]) -> set[Origin]:
    """The sessions that nobody sees what becomes of: `zope.sqlalchemy.register(session)`."""
    given = set[Origin]()
    for trace in traces:
        for event in trace.events:
            if isinstance(event, Called) and event.trace is None and _is_unseen(event.callee):
                given.update(origin for origin in _passed(event) if origin in sessions)
    return given


def _handed_on(traces: Iterable[Trace]) -> Iterator[Place]:
    """The changes that wait where their session, still open, is given to somebody unseen, who may commit."""
    for trace in traces:
        for event in trace.events:
            if not isinstance(event, Called) or event.trace is not None or not event.state:
                continue
            if isinstance(event.callee, Closure) and not isinstance(event.result, Managed):
                yield from (writing.place for _, writing in _open(event.state))  # it was not run again
            elif _is_unseen(event.callee) or (event.callee is UNKNOWN and _is_unknown(event.receiver)):
                sessions = set(_passed(event))
                found = _open(event.state) if sessions else ()
                yield from (writing.place for origin, writing in found if origin in sessions)


def _open(state: State) -> Iterator[tuple[Origin, Writing]]:
    """All changes but those in sessions that are closed by then: these nobody can commit."""
    for origin, writing in writings(state):
        if state.get((origin, "status")) != "closed":
            yield origin, writing


def _passed(event: Called) -> Iterator[Origin]:
    for value in (*event.arguments.positional, *(value for _, value in event.arguments.named)):
        yield from origins(value)


def _is_unseen(callee: Value) -> bool:
    """Whether it is somebody else's code; `list(result)` keeps no session, and SQLAlchemy is known."""
    return isinstance(callee, External) and callee.name.partition(".")[0] not in _KNOWN


def _is_unknown(receiver: Value | None) -> bool:
    """Whether nobody knows whose method is called, or what the object of a model has by that name."""
    return receiver is None or isinstance(receiver, Instance) or not isinstance(receiver, Behaviour)


def _kept(trace: Trace, ways: list[Exit]) -> frozenset[Place]:
    """The changes that are committed or rolled back on some way."""
    called = frozenset(event.name for event in trace.events if isinstance(event, Called))
    over = [w.place for way in ways for o, w in writings(way.state) if _is_kept(way.state, o, w, called)]
    return frozenset((*over, *_committed(trace)))


def _committed(trace: Trace) -> Iterator[Place]:
    """The changes that a run commits, on whatever way."""
    for event in trace.events:
        if isinstance(event, Called) and event.name == "commit" and event.receiver is not None:
            committed = set(origins(event.receiver))
            for origin, writing in writings(event.state):
                if origin in committed and waits(event.state.get, origin, writing):
                    yield writing.place


def _is_kept(state: State, origin: Origin, writing: Writing, called: Group[str]) -> bool:
    """Whether it was committed or rolled back, or nobody can tell; `called` are the names of what was."""
    if waits(state.get, origin, writing) or _is_undone(state, origin, writing, called):
        return False
    return since(state.get, origin) is not None or not is_never_committed(state.get, origin, writing)


def _is_undone(state: State, origin: Origin, writing: Writing, called: Group[str]) -> bool:
    """Whether a context manager rolled it back on its way out, as it does whenever nobody has committed.

    Or a handler of what went wrong, which tells nothing of what happens where all goes well.
    """
    now = since(state.get, origin)
    if now is None or now.rollback is None or now.commit != writing.since.commit:
        return False
    if now.rollback == writing.since.rollback:
        return False
    place = now.rollback.place
    return is_in_handler(place.module, place.line) or _is_leaving(place, called)


def _is_leaving(place: Place, called: Group[str]) -> bool:
    """Whether an `__exit__` rolls back at a place, itself or by a method that nobody else has called."""
    module, line = place.module, place.line
    leaving = [each for each in module.functions if each.name in _LEAVING]
    inside = [each for each in module.functions if each.line <= line <= each.end_line]
    return any(each in leaving for each in inside) or any(
        each.owner >= 0
        and each.name not in called
        and any(module.mentions(way, each.name) for way in leaving)
        for each in inside
    )


def _is_over(hierarchy: ClassHierarchy, trace: Trace, way: Exit, origin: Origin, writing: Writing) -> bool:
    """Whether the session ends without a commit behind a way out."""
    now = since(way.state.get, origin)
    if now is None:
        return _is_closed(way, origin) and is_never_committed(way.state.get, origin, writing)
    if now.close != writing.since.close:
        return not _waited_before(trace, origin, writing)
    ends = [_end(provider, origin) for provider in _providers(trace)]
    if "commit" in ends:
        return False
    return "close" in ends or (
        origin.kind == "scoped" and origin.place is None and _answers(hierarchy, trace.function, writing)
    )


def _waited_before(trace: Trace, origin: Origin, writing: Writing) -> bool:
    """Whether something waited when a run began, perhaps on one way only: its caller answers for it."""
    return waiting(trace.before.get, origin) is not None or (origin, writing.place) in trace.before


def _is_closed(way: Exit, origin: Origin) -> bool:
    """Whether it was made on the way and is closed, whatever else became of it."""
    return origin.kind == "made" and way.state.get((origin, "status")) == "closed"


def _answers(hierarchy: ClassHierarchy, function: ProjectFunction | None, writing: Writing) -> bool:
    """Whether the request ends behind a function. A view class is believed for what its own file changes."""
    if is_view_method(function, hierarchy):
        return function is not None and function.module is writing.place.module
    return is_handler(function)


def _end(provider: Trace, origin: Origin) -> str:
    """What a provider does to a session when it goes on: `commit`, `close` or nothing."""
    before, after = provider.at_yield, provider.after
    for phase in ("commit", "close"):
        if before.get((origin, phase)) != after.get((origin, phase)):
            return phase
    return ""


def _providers(trace: Trace) -> Iterator[Trace]:
    for provider in trace.providers:
        yield provider
        yield from _providers(provider)


def _has(state: State, origin: Origin, phase: str) -> bool:
    """Whether something happened to a session on some way here."""
    return state.get((origin, phase)) not in (None, "nothing")
