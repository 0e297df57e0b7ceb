"""Engines that are made anew for every request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.statements import Declare, If
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.handlers import is_handler, runs_once, serves_requests
from archlint.frameworks.sqlalchemy.values.blocks import last_line
from archlint.frameworks.sqlalchemy.values.engines import Engine
from archlint.project.flow.trace import Called, Trace, Written
from archlint.project.summaries import parts

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_CACHING = ("cache", "lru_cache", "cached", "cached_property", "singleton", "once", "memoize")


@dataclass(frozen=True, slots=True)
class Made:
    """An engine that is made in a function, and the handler that leads there; None where none does."""

    trace: Trace
    called: Called
    handler: ProjectFunction | None


def engines_made(project: Project) -> Iterator[Made]:
    """Every engine that some function makes."""
    if not serves_requests(project):
        return
    flow = project.view(DataFlow)
    reached = _reached(flow)
    for trace, called in flow.events(Called):
        if not isinstance(called.result, Engine) or called.trace is not None or trace.function is None:
            continue
        if called.result.source is None or called.result.source.line != called.form.line:
            continue
        handler = reached.get(trace.function)
        yield Made(trace, called, None if _is_kept(trace, called) else handler)


def _reached(flow: DataFlow) -> dict[ProjectFunction, ProjectFunction]:
    """The functions that run for each request, each with a handler that leads there."""
    inside: dict[ProjectFunction, set[ProjectFunction]] = {}
    reached: dict[ProjectFunction, ProjectFunction] = {}
    for trace in flow.traces():
        function = trace.function
        if function is None or _is_cached(function) or runs_once(function):
            continue
        calls = [e.trace for e in trace.events if isinstance(e, Called) and e.trace is not None]
        for other in (*calls, *trace.providers):
            if other.function is not None and not _is_cached(other.function):
                inside.setdefault(function, set()).add(other.function)
        if is_handler(function):
            reached[function] = function
    pending = list(reached)
    while pending:
        function = pending.pop()
        for callee in inside.get(function, ()):
            if callee not in reached:
                reached[callee] = reached[function]
                pending.append(callee)
    return reached


def _is_cached(function: ProjectFunction) -> bool:
    return any(name.lower().endswith(_CACHING) for name in function.decorators)


def _is_kept(trace: Trace, made: Called) -> bool:
    """Whether the function may keep the engine for the next time, or ends it."""
    function = trace.function
    if function is None:
        return True
    body = function.module.statements(function.fact)
    if any(isinstance(each, Declare) for each in body) or _is_conditional(body, made.form.line):
        return True
    return any(
        (isinstance(event, Written) and event.value == made.result)
        or (isinstance(event, Called) and event.name == "dispose" and event.receiver == made.result)
        for event in trace.events
    )


def _is_conditional(forms: tuple[object, ...], line: int) -> bool:
    """Whether a line is in a branch: `if key not in engines: …`."""
    for form in forms:
        if isinstance(form, If) and form.line < line <= last_line((form,)):
            return True
        if _is_conditional(parts(form), line):  # type: ignore[arg-type]
            return True
    return False
