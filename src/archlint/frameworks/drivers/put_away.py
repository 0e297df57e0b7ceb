"""Connections that a function puts aside as the server starts, and closes as it ends itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Call, Literal, Subscript, last_name
from archlint.facts.forms import walked
from archlint.facts.statements import Assign
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.drivers.lives import UsedClosed, closed_place, held_connections
from archlint.frameworks.drivers.names import DRIVERS
from archlint.frameworks.orm import Place
from archlint.frameworks.request_state import OF_REQUESTS
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.values import called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.frameworks.drivers.connections import OpenConnection
    from archlint.project.flow.trace import Trace
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_HOOKS: Final = "on_startup"
_DECORATING: Final = frozenset({"on_event", "listener"})
_STARTS: Final = frozenset({"startup", "before_server_start"})


def put_away_closed(project: Project) -> Iterator[UsedClosed]:
    """Connections that handlers find on the application, closed before the first of them comes."""
    hooks = frozenset() if project.imported.isdisjoint(DRIVERS) else frozenset(_hooks(project))
    if not hooks:
        return
    flow = project.view(DataFlow)
    traces = [trace for trace in flow.traces() if trace.function in hooks and trace.caller is None]
    kept = [
        (shelf.name, connection)
        for shelf, value in flow.flow.shelves
        if shelf.name not in OF_REQUESTS
        for connection in held_connections(value)
    ]
    for trace in traces:
        if trace.function is not None and not trace.function.fact.is_generator:
            yield from _closed_in(trace, trace.function, kept)


def _closed_in(
    trace: Trace, function: ProjectFunction, kept: list[tuple[str, OpenConnection]]
) -> Iterator[UsedClosed]:
    ways = [way for way in trace.exits if way.how != "raise"]
    for (shelf, connection), way in product(kept, ways):
        closed, line = closed_place(connection, way.state), _put_at(function, shelf)
        if closed is not None and line is not None:
            yield UsedClosed(Place(trace.module, line, 0), closed, is_returned=False, is_put_away=True)


def _put_at(function: ProjectFunction, shelf: str) -> int | None:
    """The line in which a function puts the first thing on a shelf: `app["orders"] = …`."""
    last = shelf.rpartition(".")[2]
    written = walked(function.module.statements(function.fact))
    targets = (target for form in written if isinstance(form, Assign) for target in form.targets)
    kept = (target for target in targets if isinstance(target, (Attribute, Subscript)))
    return next((target.line for target in kept if last_name(target.value) == last), None)


def _hooks(project: Project) -> Iterator[ProjectFunction]:
    """The functions that run once, before the server answers, and are over by then."""
    functions, scopes = project.view(Functions), project.view(Scopes)
    for module in project.modules:
        if is_test(module.path):
            continue
        for function in functions.all_of(module):
            if any(map(_is_of_start, function.fact.decorators)):
                yield function
        if module.speaks_of(_HOOKS.encode()):
            bodies = functions.bodies(module, _HOOKS)
            given = [(scope, value) for scope, body in bodies for value in _appended(body)]
            found = (called_function(scopes.resolve(module, scope, value)) for scope, value in given)
            yield from (each for each in found if each is not None)


def _is_of_start(decorator: Expression) -> bool:
    """`@app.on_event("startup")`."""
    if not isinstance(decorator, Call) or not isinstance(decorator.function, Attribute):
        return False
    first = decorator.arguments[0] if decorator.arguments else None
    return decorator.function.attr in _DECORATING and isinstance(first, Literal) and first.value in _STARTS


def _appended(body: Summary) -> Iterator[Expression]:
    """`app.on_startup.append(connect)`."""
    for site in body.calls:
        named = site.call.function
        if isinstance(named, Attribute) and named.attr == "append" and last_name(named.value) == _HOOKS:
            yield from site.call.arguments
