"""The routes of Django, and the methods that their views take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Call, Collection, Expression, Literal
from archlint.finding import Location
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.contract.served import UNSEEN, Served
from archlint.frameworks.django.urls.routes import DjangoRoutes
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.frameworks.django.urls.routes import DjangoRoute
    from archlint.frameworks.web import Handler
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_VIEWS: Final = frozenset(
    {
        "abc.ABC",
        "django.views.View",
        "django.views.generic.View",
        "django.views.generic.base.View",
        "rest_framework.views.APIView",
    }
)
"""Bases from outside that answer no method themselves."""

_AROUND: Final = ("dispatch", "setup")
_REFUSING: Final = ("http_method_not_allowed", "__getattr__")
"""What answers the methods without a handler."""

_CHOOSING: Final = ("method", "getattr", "setattr", "http_method_names", "put", "patch", "post")
"""What tells methods apart, or gives a view another handler."""

_DECIDING: Final = {"require_GET": ("GET",), "require_POST": ("POST",), "require_safe": ("GET", "HEAD")}
_LISTING: Final = frozenset({"api_view", "require_http_methods"})
_METHODS: Final = ("get", "post", "put", "patch", "delete")


def django_routes(project: Project) -> list[Served] | None:
    """Every route that is seen; None where there may be more."""
    routes = project.view(DjangoRoutes)
    if routes.gaps or routes.is_app:
        return None
    found = []
    for route in routes:
        if route.place is not None and not is_test(route.place.module.path):
            found.append(_served(project, route))
    return found


def _served(project: Project, route: DjangoRoute) -> Served:
    assert route.place is not None
    at = route.place
    path = f"/{route.path.lstrip('/')}" if route.has_known_path and not route.has_regex else f"/{UNSEEN}"
    place = Location(at.module.path, at.line, 1, at.line, 1)
    handler = route.handler
    if handler is None:
        return Served(path, None, None, place, "django", False)
    handlers = _of_class(project, handler) if handler.cls is not None else None
    methods = frozenset(method for method, _ in handlers) if handlers is not None else None
    if handler.function is not None:
        methods = _of_function(project, handler.function)
    if handler.actions:
        methods = frozenset(method.upper() for method, _ in handler.actions)
    return Served(path, methods, handler.function, place, "django", False, tuple(handlers or ()))


def _of_class(project: Project, handler: Handler) -> list[tuple[str, ProjectFunction]] | None:
    """The methods of a view class with their functions; None where others may answer."""
    assert handler.cls is not None
    values = project.view(ClassValues)
    outside = values.outside(handler.cls)
    is_plain = outside is not None and _VIEWS.issuperset(set(outside) - {"builtins.object", "object"})
    if not is_plain or not handler.is_plain or not _leaves_methods_alone(project, handler.cls):
        return None
    names = values.of(handler.cls, "http_method_names")
    allowed = _listed(names.value) if names is not None and names.value is not None else None
    if names is not None and allowed is None:
        return None
    pairs = handler.actions if handler.actions is not None else tuple((method, method) for method in _METHODS)
    found = ((method.upper(), values.of(handler.cls, name)) for method, name in pairs)
    return [
        (method, value.function)
        for method, value in found
        if value is not None and value.function is not None and (allowed is None or method.upper() in allowed)
    ]


def _leaves_methods_alone(project: Project, cls: ProjectClass) -> bool:
    """Whether what is written around the handlers, as a check or a handler of failures, answers for none."""
    values = project.view(ClassValues)
    own = [each for each in project.view(ClassHierarchy).order(cls) if isinstance(each, ProjectClass)]
    found = [values.own(each, name) for each in own for name in _AROUND]
    if any(values.of(cls, name) is not None for name in _REFUSING):
        return False
    return all(
        each.function is not None
        and each.holder.module.mentions(each.function.fact, "super")
        and not each.holder.module.mentions(each.function.fact, *_CHOOSING)
        for each in found
        if each is not None
    )


def _of_function(project: Project, function: ProjectFunction) -> frozenset[str] | None:
    """The methods that the decorators of a view let through; None for those it may tell apart itself."""
    scopes = project.view(Scopes)
    for decorator in function.fact.decorators:
        named = decorator.function if isinstance(decorator, Call) else decorator
        found = scopes.resolve(function.module, function.outer, named)
        name = found.name.rpartition(".")[2] if isinstance(found, External) else ""
        if name in _DECIDING:
            return frozenset(_DECIDING[name])
        if name in _LISTING and isinstance(decorator, Call):
            return _listed(decorator.arguments[0]) if decorator.arguments else frozenset({"GET"})
    return None


def _listed(value: Expression) -> frozenset[str] | None:
    items = value.items if isinstance(value, Collection) else ()
    names = [str(item.value).upper() for item in items if isinstance(item, Literal)]
    return frozenset(names) if names and len(names) == len(items) else None
