"""Routes that code registers: by a decorator on the handler, or by a call that names it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from archlint.facts.expressions import Attribute, Call, Collection, Expression, Literal, Name, last_name
from archlint.frameworks.inventory.mounts import Mounts, calls
from archlint.frameworks.inventory.route_makers import may_route
from archlint.frameworks.inventory.texts import UNSEEN, path_of, text_of
from archlint.project.answer import Definition, External
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.module import Module
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

Words: TypeAlias = "tuple[str, tuple[str, ...], str, str, int]"
"""Path, methods, handler, file and line."""

_VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_OPEN: Final = {"route": "GET", "api_route": "GET", "websocket": "WEBSOCKET"}
"""Decorators that name the methods themselves, or else have one."""

_CALLS: Final = ("add_url_rule", "add_api_route", "add_route", *(f"add_{verb}" for verb in sorted(_VERBS)))


def registered(project: Project) -> Iterator[Words]:
    """The routes of decorators and of calls, prefixes included. Those of tests are left out."""
    mounts = project.view(Mounts)
    functions = project.view(Functions)
    for module in project.modules:
        if is_test(module.path) or module.is_stub:
            continue
        for function in functions.all_of(module):
            for decorator in function.fact.decorators:
                if isinstance(decorator, Call) and isinstance(decorator.function, Attribute):
                    yield from _decorated(project, mounts, function, decorator, decorator.function)
    for at in calls(project, "add_resource"):
        handler = _named(project, at.module, at.scope, at.call.arguments[0]) if at.call.arguments else ""
        paths = (text_of(project, at.module, at.scope, value) for value in at.call.arguments[1:])
        yield from ((path, (), handler, at.module.path, at.call.line) for path in paths if path != UNSEEN)
    for at in calls(project, *_CALLS):
        verb = last_name(at.call.function)
        path = path_of(project, at.module, at.scope, at.call)
        if path is None or not isinstance(at.call.function, Attribute):
            continue
        methods = _methods(at.call, "") if verb in _CALLS[:3] else (verb.removeprefix("add_").upper(),)
        handler = _handler(project, at.module, at.scope, at.call)
        router = mounts.router(at.module, at.scope, at.call.function.value)
        for prefix in mounts.prefixes(router):
            yield f"{prefix}{path}" or "/", methods, handler, at.module.path, at.call.line


def _decorated(
    project: Project, mounts: Mounts, function: ProjectFunction, call: Call, named: Attribute
) -> Iterator[Words]:
    verb = named.attr
    if verb not in _VERBS and verb not in _OPEN:
        return
    module, scope = function.module, function.outer
    path = path_of(project, module, scope, call)
    if path is None or not may_route(project, module, scope, named.value):
        return
    methods = (verb.upper(),) if verb in _VERBS else _methods(call, _OPEN[verb])
    for prefix in mounts.prefixes(mounts.router(module, scope, named.value)):
        yield f"{prefix}{path}" or "/", methods, function.name, module.path, function.fact.line


def _methods(call: Call, usual: str) -> tuple[str, ...]:
    for keyword in call.keywords:
        if keyword.name == "methods":
            items = keyword.value.items if isinstance(keyword.value, Collection) else ()
            names = [item.value for item in items if isinstance(item, Literal)]
            whole = bool(names) and len(names) == len(items)
            return tuple(sorted(str(name).upper() for name in names)) if whole else ()
    return (usual,) if usual else ()


def _handler(project: Project, module: Module, scope: str, call: Call) -> str:
    """What answers: given by name, or behind the path."""
    given = {keyword.name: keyword.value for keyword in call.keywords}
    named = given.get("view_func") or given.get("endpoint") or given.get("handler")
    value = named or next((each for each in call.arguments[1:] if not isinstance(each, Literal)), None)
    return _named(project, module, scope, value) if value is not None else ""


def _named(project: Project, module: Module, scope: str, value: Expression) -> str:
    """The dotted name of a handler, `as_view()` taken off."""
    if isinstance(value, Call) and last_name(value.function) == "as_view":
        value = value.function.value if isinstance(value.function, Attribute) else value
    if not isinstance(value, (Name, Attribute)):
        return ""
    found = project.view(Scopes).resolve(module, scope, value)
    return found.name if isinstance(found, (Definition, External)) else last_name(value)
