"""Which parameters are the request, where no annotation says so: those of what answers routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Expression, Name
from archlint.frameworks.inventory.routes import declared_routes
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_PASSED: Final = {
    "aiohttp": ("aiohttp.web.Request", "aiohttp.web_request.Request"),
    "rest_framework": ("rest_framework.request.Request",),
    "django": ("django.http.HttpRequest", "django.http.request.HttpRequest"),
    "sanic": ("sanic.Request", "sanic.request.Request"),
    "starlette": ("starlette.requests.Request",),
}
"""The request by the framework that passes it first to what answers, under all its public names."""

_GLOBAL: Final = {
    "flask.request": ("flask.Request", "flask.wrappers.Request"),
    "quart.request": ("quart.Request", "quart.wrappers.Request"),
}
_NAMES: Final = frozenset({"req", "request"})
_VIEWS: Final = ("aiohttp.web", "django.views.", "rest_framework.", "starlette.endpoints.", "sanic.views.")
_ANSWERING: Final = frozenset({"delete", "get", "head", "options", "patch", "post", "put"})


class Requests:
    """Answers for functions that a framework calls."""

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._handlers = frozenset(route.handler for route in declared_routes(project) if route.handler)
        self._imported = project.imported

    @classmethod
    def build(cls, project: Project) -> Requests:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction, value: Expression, stands_for: object) -> tuple[External, ...]:
        """The names of the request's class, if that is what an expression in a function is.

        `stands_for` is what is known of it otherwise.
        """
        if isinstance(stands_for, External) and stands_for.name in _GLOBAL:
            return tuple(map(External, _GLOBAL[stands_for.name]))
        if isinstance(value, Name):
            return self._answering(function, value.id)
        if isinstance(value, Attribute) and value.attr == "request" and isinstance(value.value, Name):
            is_own = value.value.id == function.receiver
            return self._named(function, self._view(function)) if is_own else ()
        return ()

    def passed(self, function: ProjectFunction, name: str) -> tuple[External, ...]:
        """The names of the request's class, if a parameter without an annotation is called like one."""
        is_named_so = name in _NAMES and "fixture" not in function.decorators
        return self._answering(function, name) or (self._named(function, "") if is_named_so else ())

    def _answering(self, function: ProjectFunction, name: str) -> tuple[External, ...]:
        taken = function.left_to_callers
        if not taken or taken[0].name != name or taken[0].annotation is not None:
            return ()
        if function.name in self._handlers:
            return self._named(function, "")
        is_answer = function.fact.name in _ANSWERING
        return self._named(function, self._view(function)) if is_answer else ()

    def _view(self, function: ProjectFunction) -> str | None:
        """The framework's class that the view inherits from; None for what is no view."""
        if function.fact.owner < 0:
            return None
        order = self._hierarchy.order(ProjectClass(function.module, function.fact.owner))
        names = (each.name for each in order if isinstance(each, External))
        return next((name for name in names if name.startswith(_VIEWS)), None)

    def _named(self, function: ProjectFunction, base: str | None) -> tuple[External, ...]:
        """By the base of the view, or else by what its module or the project imports."""
        if base is None:
            return ()
        found = [name for name in _PASSED if base.partition(".")[0] == name]
        for imported in (function.module.imported, self._imported):
            found = found or [name for name in _PASSED if name in imported]
        is_certain = len(found) == 1 or found == ["rest_framework", "django"]
        return tuple(map(External, _PASSED[found[-1]])) if is_certain else ()
