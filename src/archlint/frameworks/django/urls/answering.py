"""Which functions answer a route."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Collection, Literal, Name
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.urls.views import Views

if TYPE_CHECKING:
    from archlint.frameworks.django.urls.routes import DjangoRoute
    from archlint.frameworks.web import Handler
    from archlint.project.classes import ProjectClass
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
_BETWEEN = ("dispatch", "setup", "initialize_request", "initial", "as_view", "__new__", "__getattribute__")
"""Methods by which a class may change what its handlers are passed."""


class Answer(msgspec.Struct, frozen=True):
    """A function that answers an HTTP method of a route."""

    method: str
    """In lower case; empty for all."""

    function: ProjectFunction


class Answering:
    """Finds the functions behind routes."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._values = project.view(ClassValues)
        self._views = project.view(Views)

    @classmethod
    def build(cls, project: Project) -> Answering:
        """The view of a project."""
        return cls(project)

    def of(self, route: DjangoRoute) -> Iterator[Answer]:
        """The functions of the project that surely get what the route passes."""
        handler = route.handler
        if handler is None:
            return
        if not handler.is_plain:
            view = route.pattern.view if route.pattern is not None else None
            yield from self._wrapped(handler) if isinstance(view, (Name, Attribute)) else ()
        elif handler.function is not None:
            yield Answer("", handler.function)
        elif handler.cls is not None:
            yield from self._methods(handler, handler.cls)

    def _wrapped(self, handler: Handler) -> Iterator[Answer]:
        """The function that a decorator of the project puts in the place of a view."""
        found = self._views.wrapper(handler.function) if handler.function is not None else None
        if found is not None:
            yield Answer("", found)

    def _methods(self, handler: Handler, cls: ProjectClass) -> Iterator[Answer]:
        outside = self._values.outside(cls)
        if outside is None or not all(name.startswith(("django.", "rest_framework.")) for name in outside):
            return
        if any(self._values.of(cls, name) is not None for name in _BETWEEN):
            return
        allowed = allowed_methods(self._values, cls)
        pairs = handler.actions if handler.actions is not None else tuple((m, m) for m in METHODS)
        for method, name in pairs:
            found = self._values.of(cls, name)
            function = found.function if found is not None else None
            if function is None or (allowed is not None and method not in allowed):
                continue
            if self._views.carry(function.module, function.outer, function.fact.decorators):
                yield Answer(method, function)


def allowed_methods(values: ClassValues, cls: ProjectClass) -> frozenset[str] | None:
    """The methods that `http_method_names` leaves to a view; None where it is not set."""
    found = values.of(cls, "http_method_names")
    if found is None:
        return None
    items = found.value.items if isinstance(found.value, Collection) else ()
    return frozenset(str(item.value).lower() for item in items if isinstance(item, Literal))
