"""How sessions end: closed, handed on, or left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.statements import If
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.handlers import runs_once, serves_requests
from archlint.frameworks.request_state import OF_REQUESTS
from archlint.frameworks.sqlalchemy.sessions.engines import Connection, Engine
from archlint.frameworks.sqlalchemy.sessions.holding import origins
from archlint.frameworks.sqlalchemy.sessions.lives import Mark
from archlint.frameworks.sqlalchemy.sessions.makers import SessionClass
from archlint.frameworks.sqlalchemy.sessions.owner import Origin
from archlint.frameworks.sqlalchemy.sessions.reach import shares_names
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.conditions.narrowing import is_script_guard
from archlint.project.flow.trace import Called, Exit, Placed, Trace, Written
from archlint.project.flow.values import Constant
from archlint.project.tries import unguarded_call, unguarded_yield

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module
    from archlint.project.project import Project

State = Mapping[object, object]
_DEEPEST = 4
_ENTERING = frozenset({"__aenter__", "__enter__"})
_HANDLERS = frozenset({"call_next", "get_response", "handler"})
"""Parameters of middleware: what answers the request."""

LEAVING = frozenset({"__aexit__", "__exit__"})
_OF_A_REQUEST = frozenset(
    {
        "aiohttp.web.View",
        "flask.views.MethodView",
        "flask.views.View",
        "starlette.endpoints.HTTPEndpoint",
        "tornado.web.RequestHandler",
    }
)
"""Classes of which every request gets an object."""

_MANAGERS = frozenset({"asynccontextmanager", "contextmanager"})
_OTHERS = frozenset({""})
_PHASES = ("close", "commit", "rollback")
_BINDING = frozenset({"async_sessionmaker", "configure", "sessionmaker"})
"""What tells a factory on what its sessions work."""

_IDLE = frozenset({"add", "add_all", "expunge", "expunge_all"})
"""What a session does without a connection."""


class Unclosed(msgspec.Struct, frozen=True):
    """A session that nobody closes on some way out."""

    trace: Trace
    made: Called
    way_out: Exit


def unclosed_sessions(project: Project) -> Iterator[Unclosed | None]:
    """The sessions that functions make and leave open; None for each that is closed or handed on."""
    flow = project.view(DataFlow)
    traces = flow.traces()
    given = {provider.function for trace in traces for provider in trace.providers}
    yield from _entered(project)
    aside: dict[Origin, set[str]] = {}
    for shelf, value in flow.flow.shelves:
        for origin in origins(value):
            aside.setdefault(origin, set()).add(shelf.name)
    serves = serves_requests(project)
    for trace in traces:
        function = trace.function
        if function is None or runs_once(function) or (not serves and _is_script(trace.module)):
            continue
        for origin, made in _made_in(trace).items():
            ways = _left_open(trace, origin) or _left_in_turns(trace, origin, made)
            is_of_request = aside.get(origin, _OTHERS) <= OF_REQUESTS
            if function in given and _is_returned(trace, origin) and not _is_ended(traces, origin):
                yield Unclosed(trace, made, ways[0] if ways else trace.exits[0])
                continue
            at = 0 if ways else _fails_at(trace, origin, function, is_provider=function in given)
            if at > made.form.line:
                yield Unclosed(trace, made, Exit("raise", at, UNKNOWN, trace.at_yield))
            elif (
                ways
                and (is_of_request or _is_kept_for_a_request(project, trace, origin))
                and not _is_ended(traces, origin)
            ):
                yield Unclosed(trace, made, ways[0])
            elif not ways or origin in aside or _escapes(trace, origin, function):
                yield None
            elif not function.fact.is_generator and _is_idle(trace, origin):
                yield None  # without a query, it holds no connection
            else:
                yield Unclosed(trace, made, ways[0])


def _left_open(trace: Trace, origin: Origin) -> list[Exit]:
    """The ways out on which it is open: those that raise, too, where others close it."""
    ways = [way for way in trace.exits if way.state.get((origin, "status")) == "open"]
    closes = any(way.state.get((origin, "status")) == "closed" for way in trace.exits if way.how != "raise")
    return [way for way in ways if way.how != "raise" or closes]


def _left_in_turns(trace: Trace, origin: Origin, made: Called) -> list[Exit]:
    """The turns that are left with their own session open, though others close theirs."""
    loop = made.context.loops[-1].form if made.context.loops else None
    turns = [turn for turn in trace.turns if turn.loop is loop]
    if not any(turn.how == "end" and turn.state.get((origin, "status")) == "closed" for turn in turns):
        return []
    ends = [way.state.get((origin, "status")) for way in trace.exits if way.how != "raise"]
    leaving = ("continue",) if all(status == "closed" for status in ends) else ("break", "continue")
    return [
        Exit("end", turn.line, UNKNOWN, turn.state)
        for turn in turns
        if turn.how in leaving and turn.state.get((origin, "status")) == "open"
    ]


def _is_returned(trace: Trace, origin: Origin) -> bool:
    """Whether a provider gives a framework what it has made; what a decorator does with it, nobody asks."""
    function = trace.function
    if function is None or function.fact.is_generator or function.decorators:
        return False
    if _is_kept(trace, origin, function):
        return False
    values = [way.value for way in trace.exits if way.how == "return"]
    return bool(values) and all(
        isinstance(value, (Session, Connection)) and value.owner.origin == origin for value in values
    )


def _is_idle(trace: Trace, origin: Origin) -> bool:
    """Whether a session only keeps objects, and never asks the database."""
    for event in trace.events:
        if not isinstance(event, Called):
            continue
        given = (*event.arguments.positional, *(value for _, value in event.arguments.named))
        if any(origin in origins(value) for value in given):
            return False
        if isinstance(event.receiver, Connection) and origin in origins(event.receiver):
            return False
        if isinstance(event.receiver, Session) and event.receiver.origin == origin:
            loads = event.arguments.get("load")
            if event.name not in _IDLE and not (event.name == "merge" and loads == Constant(False)):
                return False
    return True


def _fails_at(trace: Trace, origin: Origin, function: ProjectFunction, *, is_provider: bool) -> int:
    """The line where a failure of others leaves a session open; 0 for none.

    That of the `yield` to whoever it is given to, or of the call of the handler behind a middleware.
    """
    answers = next((each.name for each in function.fact.parameters if each.name in _HANDLERS), "")
    if answers and not function.fact.is_generator:
        at = unguarded_call(function.module.statements(function.fact), answers)
        return at if at and _is_closed_behind(trace, origin, at) else 0
    if not function.fact.is_generator or trace.at_yield.get((origin, "status")) != "open":
        return 0
    if not is_provider and _MANAGERS.isdisjoint(function.decorators):
        return 0
    return unguarded_yield(function.module.statements(function.fact))


def _is_closed_behind(trace: Trace, origin: Origin, line: int) -> bool:
    marks = [way.state.get((origin, "close")) for way in trace.exits if way.how != "raise"]
    return any(isinstance(mark, Mark) and mark.place.line > line for mark in marks)


def _entered(project: Project) -> Iterator[Unclosed]:
    """Sessions that `__enter__` makes and keeps, and neither `__exit__` nor anybody else ends."""
    flow = project.view(DataFlow)
    traces = [trace for trace in flow.traces() if trace.function is not None]
    left = {_owner(trace) for trace in traces if trace.function and trace.function.fact.name in LEAVING}
    for trace in traces:
        if trace.function is None or trace.function.fact.name not in _ENTERING or _owner(trace) not in left:
            continue
        for origin, made in _made_in(trace).items():
            is_kept = any(isinstance(e, Written) and origin in origins(e.value) for e in trace.events)
            if is_kept and not any(_ends(each, origin) for each in traces):
                yield Unclosed(trace, made, trace.exits[0])


def _owner(trace: Trace) -> tuple[Module, int]:
    return trace.module, trace.function.fact.owner if trace.function is not None else -1


def _ends(trace: Trace, origin: Origin) -> bool:
    """Whether a run closes it on whatever way, or hands it on; in `__exit__`, gives the connection back."""
    is_left = trace.function is not None and trace.function.fact.name in LEAVING
    names = _PHASES if is_left else ("close",)
    for key in [(origin, name) for name in names]:
        marks = [way.state.get(key) for way in trace.exits]
        if any(isinstance(mark, Mark) and mark != trace.before.get(key) for mark in marks):
            return True
    return any(isinstance(event, Called) and _hands_on(event, origin) for event in trace.events)


def _is_ended(traces: Iterable[Trace], origin: Origin) -> bool:
    """Whether anybody closes what was put aside for the request, or gives it to somebody unseen."""
    return any(
        any(way.state.get((origin, "close")) not in (None, "nothing") for way in trace.exits)
        or any(isinstance(event, Called) and _hands_on(event, origin) for event in trace.events)
        for trace in traces
    )


def _is_script(module: Module) -> bool:
    """Whether a module is run by itself: its sessions end with the process."""
    return any(isinstance(each, If) and is_script_guard(each.test) for each in module.body)


def _made_in(trace: Trace, deepest: int = _DEEPEST) -> dict[Origin, Called]:
    """The sessions that a run makes itself, or has made by functions that do nothing else with them."""
    found: dict[Origin, Called] = {}
    for event in trace.events:
        if not isinstance(event, Called) or not isinstance(event.result, (Session, Connection)):
            continue
        origin = event.result.owner.origin
        if event.trace is not None:
            if deepest and _gives_away(event.trace, origin, deepest - 1):
                found[origin] = event
            continue
        place = origin.place
        if place is None or place.module is not trace.module or _is_bound_elsewhere(trace, event):
            continue
        if origin.kind == "made" and (place.line, place.column) == (event.form.line, event.form.column):
            found[origin] = event
    return found


def _gives_away(trace: Trace, origin: Origin, deepest: int) -> bool:
    """Whether a function makes a session for whoever calls it, and keeps no hold of it."""
    function = trace.function
    if function is None or origin not in _made_in(trace, deepest) or _is_kept(trace, origin, function):
        return False
    return [way.how for way in trace.exits if origin in origins(way.value)] == ["return"]


def _is_bound_elsewhere(trace: Trace, made: Called) -> bool:
    """Whether it works on a connection that somebody else has opened: `Session(bind=op.get_bind())`."""
    bind = made.arguments.get("bind", 0 if isinstance(made.callee, SessionClass) else -1)
    if bind is not None and not isinstance(bind, (Engine, External)):
        return True
    told = (event for event in trace.events if isinstance(event, Called) and event.name in _BINDING)
    return any(isinstance(event.arguments.get("bind", 0), Connection) for event in told)


def _escapes(trace: Trace, origin: Origin, function: ProjectFunction) -> bool:
    """Whether somebody else may close it."""
    return any(origin in origins(way.value) for way in trace.exits) or _is_kept(trace, origin, function)


def _is_kept(trace: Trace, origin: Origin, function: ProjectFunction) -> bool:
    """Whether it goes to somebody besides the caller."""
    if shares_names(function):
        return True
    for event in trace.events:
        if isinstance(event, (Placed, Written)) and origin in origins(event.value):
            return True
        if isinstance(event, Called) and _hands_on(event, origin):
            return True
    return False


def _is_kept_for_a_request(project: Project, trace: Trace, origin: Origin) -> bool:
    """Whether a method keeps it on its own object, of a class that is made anew for each request."""
    if trace.function is None or trace.function.fact.owner < 0 or trace.receiver is None:
        return False
    keeps = any(
        isinstance(event, Written) and event.receiver == trace.receiver and origin in origins(event.value)
        for event in trace.events
    )
    cls = ProjectClass(trace.module, trace.function.fact.owner)
    order = project.view(ClassHierarchy).order(cls) if keeps else ()
    return any(isinstance(each, External) and each.name in _OF_A_REQUEST for each in order)


def _hands_on(called: Called, origin: Origin) -> bool:
    """Whether a call gives it to somebody whom nobody sees."""
    if called.trace is not None or (called.callee is not UNKNOWN and not isinstance(called.callee, External)):
        return False
    if called.receiver is not None and origin in origins(called.receiver):
        return False
    given = (*called.arguments.positional, *(value for _, value in called.arguments.named))
    return any(origin in origins(value) for value in given)


def returned_sessions(project: Project) -> Iterator[tuple[Trace, Exit, bool]]:
    """Every return of a session that was made on the way, and whether it is closed by then."""
    for trace in project.view(DataFlow).traces():
        for way in trace.exits:
            value = way.value
            if way.how == "return" and isinstance(value, Session) and value.origin.kind == "made":
                yield trace, way, way.state.get((value.origin, "status")) == "closed"
