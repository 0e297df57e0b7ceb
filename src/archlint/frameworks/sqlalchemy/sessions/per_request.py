"""Engines that are created for every request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.forms import parts
from archlint.facts.statements import Declare, If, Statement
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.handlers import runs_once, runs_per_request, serves_requests
from archlint.frameworks.sqlalchemy.sessions.blocks import last_line
from archlint.frameworks.sqlalchemy.sessions.engines import Engine
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Read, Trace, Written
from archlint.project.summaries import summarize

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

Callers = Mapping[int, Sequence[tuple[Trace, int]]]

_CACHING = ("cache", "lru_cache", "cached", "cached_property", "singleton", "once", "memoize")


class Made(msgspec.Struct, frozen=True):
    """An engine that is made in a function, and the handler that leads there; None where none does."""

    trace: Trace
    called: Called
    handler: ProjectFunction | None


def engines_made(project: Project) -> Iterator[Made]:
    """Every engine that some function makes."""
    if not serves_requests(project):
        return
    flow = project.view(DataFlow)
    callers = _callers(flow)
    for trace, called in flow.events(Called):
        if not isinstance(called.result, Engine) or called.trace is not None or trace.function is None:
            continue
        if called.result.source is None or called.result.source.line != called.form.line:
            continue
        handler = None if _is_kept(trace, called) else _handler_behind(trace, callers)
        yield Made(trace, called, handler)


def _callers(flow: DataFlow) -> Callers:
    """Who leads to each run by a call or the read of a property, in which line; 0 for a framework.

    Of runs, not of functions: a decorator's `wrapper` leads to whatever it decorates.
    """
    callers: dict[int, list[tuple[Trace, int]]] = {}
    for trace in flow.traces():
        calls = [(e.trace, e.form.line) for e in trace.events if isinstance(e, (Called, Read))]
        for inner, line in (*calls, *((provider, 0) for provider in trace.providers)):
            if inner is not None:
                callers.setdefault(id(inner), []).append((trace, line))
    return callers


def _handler_behind(made_in: Trace, callers: Callers) -> ProjectFunction | None:
    """A handler that leads to a run each time: nothing on the way is cached, or only now and then."""
    met, waiting = {id(made_in)}, [made_in]
    while waiting:
        trace = waiting.pop()
        found = trace.function
        if found is None or _is_cached(found) or runs_once(found):
            continue
        if runs_per_request(found) and not is_test(found.module.path):
            return found
        for caller, line in callers.get(id(trace), ()):
            if caller.function is None or id(caller) in met:
                continue
            body = _body(caller.function)
            is_stored = found.fact.name == "__init__" and _is_put_away(body, line)
            if not is_stored and not _is_conditional(body, line):
                met.add(id(caller))
                waiting.append(caller)
    return None


def _body(function: ProjectFunction) -> tuple[Statement, ...]:
    return function.module.statements(function.fact)


def _is_cached(function: ProjectFunction) -> bool:
    return any(name.lower().endswith(_CACHING) for name in function.decorators)


def _is_kept(trace: Trace, made: Called) -> bool:
    """Whether the function may keep the engine for the next time, or ends it."""
    function = trace.function
    if function is None or made.arguments.is_open or made.arguments.get("poolclass") is not None:
        return True  # it may have no pool
    body = _body(function)
    if any(isinstance(each, Declare) for each in body) or _is_conditional(body, made.form.line):
        return True
    is_own = function.fact.name == "__init__"  # it lasts as long as the object: whoever makes that decides
    return any(
        (isinstance(event, Written) and event.value == made.result and not is_own)
        or (isinstance(event, Called) and event.name == "dispose" and event.receiver == made.result)
        for event in trace.events
    )


def _is_put_away(body: tuple[Statement, ...], line: int) -> bool:
    """Whether what a line makes is set on something that may outlast the function, or is global."""
    if any(isinstance(each, Declare) for each in body):
        return True
    stored = summarize(body)
    return any(bound.line == line for _, bound in (*stored.stored, *stored.keyed))


def _is_conditional(forms: Iterable[object], line: int) -> bool:
    """Whether a line is in a branch: `if key not in engines: …`."""
    for form in forms:
        if isinstance(form, If) and form.line < line <= last_line((form,)):
            return True
        if _is_conditional(parts(form), line):  # type: ignore[arg-type]
            return True
    return False
