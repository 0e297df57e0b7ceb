"""Lists of routes as Starlette takes them: `Starlette(routes=[Route("/orders", orders), …])`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Collection, Expression, Literal, Name
from archlint.frameworks.fastapi.entries import ALL_METHODS, Entry
from archlint.frameworks.fastapi.order import Tried
from archlint.frameworks.fastapi.paths import path_of
from archlint.project.answer import Definition, External
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_MADE_OF: Final = frozenset(
    {f"starlette.routing.{name}" for name in ("Mount", "Route", "WebSocketRoute")}
    | {f"fastapi.routing.{name}" for name in ("APIRoute", "Mount", "Route")}
)
_NAMES: Final = ("Route", "Mount", "WebSocketRoute", "APIRoute")


def listed_routes(project: Project) -> Iterator[tuple[Tried, ...]]:
    """The routes of each list that is written down, in their order."""
    functions = project.view(Functions)
    for module in project.modules:
        if not any(name in module.bindings or "routing" in module.bindings for name in _NAMES):
            continue
        for scope, summary in functions.bodies(module, *_NAMES):
            yield from _in_body(project, module, scope, summary)


def _in_body(project: Project, module: Module, scope: str, summary: Summary) -> Iterator[tuple[Tried, ...]]:
    for each in _lists(summary):
        found = [_tried(project, module, scope, item) for item in each.items if isinstance(item, Call)]
        known = tuple(tried for tried in found if tried is not None)
        if len(known) > 1:
            yield known


def _lists(summary: Summary) -> Iterator[Collection]:
    """The lists under a name, those that are added to one, and those that are passed as routes."""
    for bound in summary.bound.values():
        for one in bound:
            if isinstance(one.value, Collection):
                yield one.value
    for site in summary.calls:
        for keyword in site.call.keywords:
            if keyword.name == "routes" and isinstance(keyword.value, Collection):
                yield keyword.value


def _tried(project: Project, module: Module, scope: str, call: Call) -> Tried | None:
    """A route of a list; None for anything else, and where nobody knows its methods."""
    scopes = project.view(Scopes)
    made = scopes.resolve(module, scope, call.function)
    if not isinstance(made, External) or made.name not in _MADE_OF:
        return None
    kind = made.name.rpartition(".")[2]
    given = {keyword.name: keyword.value for keyword in call.keywords}
    path = path_of(project, module, scope, call.arguments[0] if call.arguments else given.get("path"))
    if kind == "Mount":
        entry = Entry(module, scope, frozenset(), call, path.rstrip("/"), ALL_METHODS, is_mount=True)
        return Tried(entry.path, (entry,))
    endpoint = call.arguments[1] if len(call.arguments) > 1 else given.get("endpoint")
    found = scopes.resolve(module, scope, endpoint) if isinstance(endpoint, (Name, Attribute)) else None
    methods = _methods(kind, given.get("methods"), found)
    if not methods:
        return None
    is_function = isinstance(found, Definition) and found.kind is Kind.FUNCTION and not found.member
    function = ProjectFunction(found.module, found.index) if is_function else None  # type: ignore[union-attr]
    return Tried(path, (Entry(module, scope, frozenset(), call, path, methods, function),))


def _methods(kind: str, given: Expression | None, endpoint: object) -> frozenset[str]:
    """The methods of a route, in capitals: of a function GET and HEAD, of a class whatever it has."""
    if kind == "WebSocketRoute":
        return frozenset({"WEBSOCKET"})
    if isinstance(given, Collection):
        names = [item.value for item in given.items if isinstance(item, Literal)]
        return (
            frozenset(str(name).upper() for name in names) if len(names) == len(given.items) else frozenset()
        )
    if given is not None or not isinstance(endpoint, Definition):
        return frozenset()
    if endpoint.kind is Kind.CLASS:
        return ALL_METHODS
    return frozenset({"GET", "HEAD"}) if endpoint.kind is Kind.FUNCTION else frozenset()
