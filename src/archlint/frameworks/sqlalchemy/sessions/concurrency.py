"""Coroutines that run at the same time, and the sessions that they use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Attribute, Call, Collection, Comprehension, Expression, Name, Starred
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.sessions.engines import Connection
from archlint.frameworks.sqlalchemy.sessions.holding import origins, owners
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.project.flow.trace import Called, Loop, Trace
from archlint.project.flow.values import something
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.sessions.owner import Origin
    from archlint.project.project import Project
    from archlint.project.summaries import CallSite

_TOGETHER: Final = frozenset({"as_completed", "gather", "wait"})
_ENDING: Final = frozenset({"aclose", "close", "commit", "invalidate", "reset", "rollback"})
_TASKS: Final = frozenset({"create_task", "ensure_future", "start_soon"})


class Gathering(msgspec.Struct, frozen=True):
    """One place where coroutines begin to run at the same time."""

    trace: Trace
    form: Call
    is_shared: bool
    """Whether one session is used by several of its coroutines."""

    is_late: bool = False
    """Whether something was asked of a session before: then it has its connection, and some drivers wait."""


def gatherings(project: Project) -> Iterator[Gathering]:
    """Every call that runs coroutines at the same time, some of which use sessions."""
    functions = project.view(Functions)
    by_trace: dict[int, tuple[Trace, list[Called]]] = {}
    for trace, called in project.view(DataFlow).events(Called):
        if not called.awaited and trace.function is not None and any(True for _ in _used(called)):
            by_trace.setdefault(id(trace), (trace, []))[1].append(called)
    for trace, started in by_trace.values():
        if trace.function is None:
            continue
        calls = functions.summary(trace.function).calls
        tasks: set[Origin] = set()
        for site in calls:
            name = _name(site.call)
            if name in _TOGETHER:
                late = _has_asked(trace, site.call, started)
                yield Gathering(trace, site.call, _are_shared(trace, site.call, started), late)
            elif name in _TASKS and not site.context.awaited:
                begun = _of_task(site, started)
                used = {origin for called in begun for origin in _used(called)}
                yield Gathering(
                    trace, site.call, any(_repeats(trace, each) for each in begun) or bool(used & tasks)
                )
                tasks |= used


def _has_asked(trace: Trace, form: Call, started: list[Called]) -> bool:
    """Whether one of the sessions was awaited before, and has not ended its transaction since."""
    used = {origin for called in started for origin in _used(called)}
    before = [
        event.name
        for event in trace.events
        if isinstance(event, Called) and event.awaited and event.form.line < form.line
        if not used.isdisjoint(_used(event))
    ]
    return bool(before) and before[-1] not in _ENDING


def _name(form: Call) -> str:
    function = form.function
    return (
        function.attr
        if isinstance(function, Attribute)
        else function.id
        if isinstance(function, Name)
        else ""
    )


def _are_shared(trace: Trace, form: Call, started: list[Called]) -> bool:
    """Whether several of what is gathered use one session."""
    seen: set[Origin] = set()
    table = {_key(called.form): called for called in started}
    for argument in form.arguments:
        inner = argument.value if isinstance(argument, Starred) else argument
        if isinstance(inner, Name):
            if any(_repeats(trace, called) for called in started):
                return True  # they were put into a list one by one
            continue
        for coroutine in _coroutines(inner):
            called = table.get(_key(coroutine))
            if called is None:
                continue
            used = set(_used(called))
            if used & seen or (isinstance(inner, Comprehension) and _repeats(trace, called)):
                return True
            seen |= used
    return False


def _of_task(site: CallSite, started: list[Called]) -> list[Called]:
    given = {_key(argument) for argument in site.call.arguments if isinstance(argument, Call)}
    return [called for called in started if _key(called.form) in given]


def _key(form: Call) -> tuple[int, int, str]:
    """What tells calls from each other: the facts of a body may be read more than once."""
    return form.line, form.column, _name(form)


def _repeats(trace: Trace, called: Called) -> bool:
    """Whether a loop makes one coroutine after the other, all with a session from outside it."""
    loops = called.context.loops
    return bool(loops) and not set(_used(called)) <= _made_in(trace, loops[-1])


def _made_in(trace: Trace, loop: Loop) -> set[Origin]:
    """The sessions that each turn of a loop has for itself."""
    inside = [event for event in trace.events if isinstance(event, Called) and loop in event.context.loops]
    runs = [
        run for event in inside if event.trace is not None for run in (event.trace, *event.trace.inside())
    ]
    made = (*inside, *(event for run in runs for event in run.events if isinstance(event, Called)))
    return {
        origin
        for event in made
        if event.trace is None and isinstance(event.result, (Session, Connection))
        for origin in origins(event.result)
    }


def _coroutines(form: Expression) -> Iterator[Call]:
    if isinstance(form, Call):
        yield form
    elif isinstance(form, Comprehension):
        yield from _coroutines(form.element)
    elif isinstance(form, Collection):
        for item in form.items:
            yield from _coroutines(item)


def _used(called: Called) -> Iterator[Origin]:
    """The async sessions and connections that a call uses, be it inside."""
    asked = None if called.trace is None else _asked(called.trace)
    for origin in _held(called):
        if asked is None or origin in asked:
            yield origin


def _asked(trace: Trace) -> set[Origin]:
    """The sessions that a run asks for something."""
    return {
        origin
        for each in (trace, *trace.inside())
        for event in each.events
        if isinstance(event, Called) and event.receiver is not None
        for value in something(event.receiver)
        if isinstance(value, (Session, Connection))
        for origin in origins(value)
    }


def _held(called: Called) -> Iterator[Origin]:
    """The async sessions and connections that a call has: its receiver's, and those it is given."""
    given = (*called.arguments.positional, *(value for _, value in called.arguments.named))
    for value in (*given, *((called.receiver,) if called.receiver is not None else ())):
        yield from (owner.origin for owner in owners(value) if owner.is_async)
