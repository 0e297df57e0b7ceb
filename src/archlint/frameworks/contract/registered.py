"""The routes that code registers with Flask and aiohttp: by decorators, by calls, in tables of routes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
    Mapping,
    Name,
    last_name,
)
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.contract.served import UNSEEN, Served
from archlint.frameworks.inventory.idle_routers import IdleRouters
from archlint.frameworks.inventory.mounts import CallAt, Mounts, calls
from archlint.frameworks.inventory.route_makers import is_of
from archlint.frameworks.inventory.texts import path_of, stands_for, text_of
from archlint.frameworks.inventory.turns import turns
from archlint.frameworks.places.expressions import spot
from archlint.project.answer import Definition, External
from archlint.project.classes import ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.values import called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_VERBS: Final = ("get", "post", "put", "patch", "delete", "head", "options")
_DECORATING: Final = frozenset({*_VERBS, "route", "view"})
_CALLS: Final = ("add_url_rule", "add_route", "add_view", *(f"add_{verb}" for verb in _VERBS))
_FLASK: Final = frozenset({"flask", "quart"})
_APPLICATIONS: Final = frozenset({"Application", "Flask", "Quart"})
_VIEWS: Final = frozenset({"aiohttp.web.View", "flask.views.MethodView", "quart.views.MethodView"})
_PLAIN: Final = _VIEWS | {"abc.ABC", "builtins.object", "object"}
_CHOOSING: Final = ("_iter", "_raise_allowed_methods", "dispatch_request", "head", "methods", "options")
"""What decides itself about methods."""

_METHODS: Final = ("get", "post", "put", "patch", "delete")


def registered_routes(project: Project) -> list[Served] | None:
    """Every route that is written down."""
    found: list[Served] = []
    functions = project.view(Functions)
    for module in project.modules:
        if not is_test(module.path) and not module.is_stub:
            for function in functions.all_of(module):
                found += _decorated(project, function)
    for at in calls(project, *_CALLS):
        found += [route for turn in turns(project, at) for route in _added(project, turn)]
    for at in calls(project, *_VERBS, "view", "route"):
        found += [route for turn in turns(project, at) for route in _tabled(project, turn)]
    return found


def _decorated(project: Project, function: ProjectFunction) -> Iterator[Served]:
    for decorator in function.fact.decorators:
        named = decorator.function if isinstance(decorator, Call) else None
        if (
            not isinstance(decorator, Call)
            or not isinstance(named, Attribute)
            or named.attr not in _DECORATING
        ):
            continue
        path = path_of(project, function.module, function.outer, decorator)
        if path is None:
            continue
        methods = _methods(project, function.module, function.outer, decorator, named.attr)
        by = _framework(project, function.module, function.outer, named.value)
        router = project.view(Mounts).router(function.module, function.outer, named.value)
        is_idle = project.view(IdleRouters).has(router)
        for head, is_open in _heads(project, function.module, function.outer, named.value):
            place = spot(project, function.module, decorator)
            defaults = _defaults(decorator)
            yield Served(
                head + path, methods, function, place, by, is_open, defaults=defaults, is_idle=is_idle
            )


def _added(project: Project, at: CallAt) -> Iterator[Served]:
    """`app.add_url_rule("/orders", view_func=orders)`, `router.add_get("/orders", orders)`."""
    named = at.call.function
    assert isinstance(named, Attribute)
    verb = named.attr.removeprefix("add_")
    first = at.call.arguments[0] if at.call.arguments else None
    turned = verb == "route" and isinstance(first, Literal) and not str(first.value).startswith(("/", "…"))
    by_name = verb == "route" and not turned and len(at.call.arguments) > 2
    call = at.call
    if turned or by_name:  # aiohttp's `add_route("GET", "/orders", orders)`
        path = text_of(project, at.module, at.scope, call.arguments[1]) if len(call.arguments) > 1 else UNSEEN
        method = text_of(project, at.module, at.scope, first)
        methods = frozenset({method.upper()}) if method not in ("*", UNSEEN) else None
    else:
        seen = path_of(project, at.module, at.scope, call)
        if seen is None:
            return
        path, methods = seen, _methods(project, at.module, at.scope, call, verb)
    may_be_flasks = named.attr in ("add_url_rule", "add_route")
    by = _framework(project, at.module, at.scope, named.value) if may_be_flasks else "aiohttp"
    yield from _with_handler(project, at, path, methods, named.value, by)


def _framework(project: Project, module: Module, scope: str, router: Expression) -> str:
    """Flask, or another one that is written alike."""
    return "flask" if is_of(project, module, scope, router, _FLASK) else "another"


def _tabled(project: Project, at: CallAt) -> Iterator[Served]:
    """`web.get("/orders", orders)`, wherever it stands."""
    named = at.call.function
    found = project.view(Scopes).resolve(at.module, at.scope, named)
    if not isinstance(found, External) or not found.name.startswith("aiohttp.web"):
        return
    assert isinstance(named, Attribute)
    path = path_of(project, at.module, at.scope, at.call)
    if named.attr == "route":
        path = (
            text_of(project, at.module, at.scope, at.call.arguments[1])
            if len(at.call.arguments) > 1
            else UNSEEN
        )
        yield from _with_handler(project, at, path, None, None)
    elif path is not None:
        methods = None if named.attr == "view" else frozenset({named.attr.upper()})
        yield from _with_handler(project, at, path, methods, None)


def _with_handler(
    project: Project,
    at: CallAt,
    path: str,
    methods: frozenset[str] | None,
    router: Expression | None,
    framework: str = "aiohttp",
) -> Iterator[Served]:
    given = {keyword.name: keyword.value for keyword in at.call.keywords}
    value = (
        given.get("view_func")
        or given.get("handler")
        or (at.call.arguments[-1] if at.call.arguments else None)
    )
    if (
        isinstance(value, Call)
        and last_name(value.function) == "as_view"
        and isinstance(value.function, Attribute)
    ):
        value = value.function.value
    answer = project.view(Scopes).resolve(at.module, at.scope, value) if value is not None else None
    function = called_function(answer) if answer is not None else None
    handlers: tuple[tuple[str, ProjectFunction], ...] = ()
    if isinstance(answer, Definition) and answer.kind is Kind.CLASS:
        function = None
        view = ProjectClass(answer.module, answer.index)
        handlers = _of_class(project, view)
        if methods is None and _answers_alone(project, view):
            methods = frozenset(method for method, _ in handlers)
    place = spot(project, at.module, at.call)
    heads = _heads(project, at.module, at.scope, router) if router is not None else (("", True),)
    for head, is_open in heads:
        defaults = _defaults(at.call)
        yield Served(head + path, methods, function, place, framework, is_open, handlers, defaults=defaults)


def _defaults(call: Call) -> frozenset[str] | None:
    """The names in Flask's `defaults={"floor": None}`."""
    given = next((each.value for each in call.keywords if each.name in ("defaults", "")), None)
    if given is None:
        return frozenset()
    if not isinstance(given, Mapping):
        return None
    names = [key.value if isinstance(key, Literal) else None for key in given.keys]
    return frozenset(map(str, names)) if all(isinstance(each, str) for each in names) else None


def _of_class(project: Project, cls: ProjectClass) -> tuple[tuple[str, ProjectFunction], ...]:
    values = project.view(ClassValues)
    found = ((method.upper(), values.of(cls, method)) for method in _METHODS)
    return tuple((method, value.function) for method, value in found if value is not None and value.function)


def _answers_alone(project: Project, cls: ProjectClass) -> bool:
    """Whether a view class takes the methods that it has functions for, and no others."""
    values = project.view(ClassValues)
    outside = values.outside(cls)
    if outside is None or _VIEWS.isdisjoint(outside) or not _PLAIN.issuperset(outside):
        return False
    return not any(values.of(cls, name) for name in _CHOOSING)


def _heads(project: Project, module: Module, scope: str, value: Expression) -> Iterator[tuple[str, bool]]:
    """What stands in front of the routes of a router, and whether more may."""
    mounts = project.view(Mounts)
    router = mounts.router(module, scope, value)
    if router is None:
        yield "", not _is_application(project, module, scope, value)
        return
    is_open = not (mounts.is_mounted(router) or _is_application(project, module, scope, value))
    yield from ((head, is_open) for head in mounts.prefixes(router))


def _is_application(project: Project, module: Module, scope: str, value: Expression) -> bool:
    """Whether an expression surely is an application, before whose routes nothing stands."""
    while isinstance(value, Attribute) and value.attr == "router":
        value = value.value
    if not isinstance(value, Name):
        return False
    bodies = [project.view(Functions).module_summary(module)]
    bodies += [
        project.view(Functions).summary(function)
        for function in project.view(Functions).all_of(module)
        if scope and function.scope == scope
    ]
    bound = [each for body in bodies for each in body.bound.get(value.id, ())]
    made = [each.value for each in bound if isinstance(each.value, Call)]
    return bool(made) and all(last_name(call.function) in _APPLICATIONS for call in made)


def _methods(project: Project, module: Module, scope: str, call: Call, verb: str) -> frozenset[str] | None:
    """The methods of a route; None where nobody can tell."""
    if verb in _VERBS:
        return frozenset({verb.upper()})
    given = next((keyword.value for keyword in call.keywords if keyword.name == "methods"), None)
    if given is None:
        return frozenset({"GET", "HEAD"}) if verb == "route" and not call.arguments[1:] else None
    if isinstance(given, (Name, Attribute)):
        given = stands_for(project, module, scope, given)
    items = given.items if isinstance(given, Collection) else ()
    names = [str(item.value).upper() for item in items if isinstance(item, Literal)]
    return frozenset(names) if names and len(names) == len(items) else None
