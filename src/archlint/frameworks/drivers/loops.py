"""Pools and connections that are made in an event loop which is over when requests come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Name, last_name
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.drivers.connections import OpenConnection, Pool
from archlint.frameworks.drivers.names import CONNECTING, POOLING
from archlint.frameworks.handlers import serves_nobody, serves_requests
from archlint.project.answer import Definition, External
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Placed, Trace, Written
from archlint.project.flow.values import Object, Value, something
from archlint.project.functions import Functions, ProjectFunction, mentioning
from archlint.project.objects.call_graph import CallGraph
from archlint.project.scopes import Scopes
from archlint.project.summaries import CallSite

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_OPENING: Final = {**CONNECTING, **POOLING}
_RUNNING: Final = ("run", "run_until_complete")
_GOING_ON: Final = b"run_forever"
_SERVERS: Final = (b"run_app", b"uvicorn", b"hypercorn")
_SERVING: Final = frozenset(
    {
        "create_server",
        "run_app",
        "run_forever",
        "serve",
        "serve_forever",
        "setup",
        "start",
        "start_server",
        "wait",
    }
)
"""What goes on in the loop that runs it."""

_ENDING: Final = frozenset({"close", "disconnect", "terminate", "wait_closed"})


class Completed(msgspec.Struct, frozen=True):
    """A coroutine that is run to its end by a call, in a loop that no request is served in."""

    module: Module
    call: Call
    leaves_pool: bool
    """Whether something is left of it that belongs to the loop."""


def completed(project: Project) -> Iterator[Completed]:
    """Every run of a coroutine to its end, where an application uses async drivers."""
    is_async = any(
        driver.is_async for name, driver in _OPENING.items() if name.partition(".")[0] in project.imported
    )
    if not is_async or not serves_requests(project):
        return
    functions = project.view(Functions)
    for module in project.modules:
        if not module.speaks_of(*(name.encode() for name in _RUNNING)) or is_test(module.path):
            continue
        if serves_nobody(project, module) and not module.speaks_of(*_SERVERS):
            continue
        for site in functions.module_summary(module).calls:
            yield from _completed(project, module, None, site)
        for function in mentioning(module, *_RUNNING):
            for site in functions.summary(function).calls:
                yield from _completed(project, module, function, site)


def _completed(
    project: Project, module: Module, function: ProjectFunction | None, site: CallSite
) -> Iterator[Completed]:
    call = site.call
    given = call.arguments[0] if call.arguments else None
    if last_name(call.function) not in _RUNNING or not isinstance(given, Call):
        return
    if not _is_lost(project, module, function, call):
        return
    scope = function.scope if function is not None else ""
    made = project.view(Scopes).resolve(module, scope, given.function) if _is_named(given) else None
    if isinstance(made, External) and made.name in _OPENING:
        yield Completed(module, call, _OPENING[made.name].is_async)
        return
    coroutine = _function(made)
    if coroutine is None and function is not None:
        coroutine = project.view(CallGraph).call_at(function, CallSite(given, site.context)).function
    if coroutine is not None:
        runs = [trace for trace in project.view(DataFlow).traces() if trace.function is coroutine]
        yield Completed(module, call, bool(runs) and _leaves_pool(runs[0]))


def _is_named(call: Call) -> bool:
    return isinstance(call.function, (Name, Attribute))


def _function(answer: object) -> ProjectFunction | None:
    is_one = isinstance(answer, Definition) and answer.kind is Kind.FUNCTION and not answer.member
    return ProjectFunction(answer.module, answer.index) if is_one and isinstance(answer, Definition) else None


def _is_lost(project: Project, module: Module, function: ProjectFunction | None, call: Call) -> bool:
    """Whether the loop ends with the call, or is no more the one that serves."""
    scope = function.scope if function is not None else ""
    if last_name(call.function) == "run":
        found = project.view(Scopes).resolve(module, scope, call.function)
        return isinstance(found, External) and found.name == "asyncio.run"
    return not any(
        each.speaks_of(_GOING_ON, b"set_event_loop") or _passes_loop(project, each)
        for each in project.modules
    )


def _passes_loop(project: Project, module: Module) -> bool:
    """Whether a server is told of a loop: `run_app(app, loop=loop)`."""
    if not module.speaks_of(b"run_app"):
        return False
    functions = project.view(Functions)
    summaries = [functions.module_summary(module), *map(functions.summary, mentioning(module, "run_app"))]
    calls = (site.call for summary in summaries for site in summary.calls)
    return any(keyword.name == "loop" for call in calls for keyword in call.keywords)


def _leaves_pool(run: Trace) -> bool:
    """Whether a coroutine gives a pool or puts one aside, and neither serves by it nor closes it."""
    runs = (run, *run.inside())
    calls = {event.name for each in runs for event in each.events if isinstance(event, Called)}
    if not calls.isdisjoint(_SERVING | _ENDING):
        return False
    kept = [event.value for each in runs for event in each.events if isinstance(event, (Placed, Written))]
    given = [way.value for way in run.exits if way.how == "return"]
    return any(map(_is_bound, (*kept, *given)))


def _is_bound(value: Value) -> bool:
    """Whether a value is tied to the loop in which it was made, or keeps what is."""
    for each in something(value):
        if isinstance(each, Pool) and each.driver.is_async:
            return True
        if isinstance(each, OpenConnection) and each.driver.is_async and each.driver.has_server:
            return True
        if isinstance(each, Object) and any(_is_bound(held) for _, held in each.fields):
            return True
    return False
