"""Views of REST framework that code calls with the request of another view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.frameworks.django.urls.making import Making
from archlint.frameworks.drf.view_classes import ViewClasses
from archlint.frameworks.inventory.texts import stands_for
from archlint.project.answer import Definition
from archlint.project.classes import ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.values import Values, called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_API_VIEW = "rest_framework.decorators.api_view"
_HANDLERS = frozenset(
    {
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "list",
        "create",
        "retrieve",
        "update",
        "partial_update",
        "destroy",
    }
)
_HOOKS = frozenset({"perform_create", "perform_update", "perform_destroy", "get_queryset"})
"""Methods that find the request on their view."""

_DEEPEST = 3
"""Functions through which a request is followed."""


class CalledView(msgspec.Struct, frozen=True):
    """A call that hands the request of one view to another."""

    function: ProjectFunction
    """Where it stands."""

    call: Call
    view: str
    """The name of the view that is called."""

    by: ProjectFunction
    """The view whose request it is."""


class CalledViews:
    """Looks at what happens to the requests of REST framework's views."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._views, self._making = project.view(ViewClasses), project.view(Making)
        self._scopes, self._functions = project.view(Scopes), project.view(Functions)
        self._values = project.view(Values)

    def __iter__(self) -> Iterator[CalledView | None]:
        """Every such call; None for a view that makes none."""
        for module in self._project.modules:
            if any(fact.module.startswith("rest_framework") for fact in module.facts.imports):
                for view in self._functions.all_of(module):
                    requests = self._requests(view)
                    if requests:
                        found = list(self._handed_on(view, requests, view, 0))
                        yield from found or (None,)

    def is_view(self, function: ProjectFunction) -> bool:
        """Whether REST framework wraps a function."""
        names = (
            self._making.external(function.module, function.outer, each.function)
            for each in function.fact.decorators
            if isinstance(each, Call)
        )
        return _API_VIEW in names

    def _requests(self, function: ProjectFunction) -> tuple[str, ...]:
        """The names under which a view has its request; none for what is no view."""
        fact = function.fact
        if fact.owner < 0:
            return _first(function, 0) if self.is_view(function) else ()
        if self._views.of(ProjectClass(function.module, fact.owner)) is None:
            return ()
        if fact.name in _HANDLERS or "action" in function.decorators:
            return (*_first(function, 1), f"{function.receiver}.request")
        return (f"{function.receiver}.request",) if fact.name in _HOOKS else ()

    def _handed_on(
        self, function: ProjectFunction, requests: tuple[str, ...], by: ProjectFunction, depth: int
    ) -> Iterator[CalledView]:
        """What a function does with a request, and the functions that it hands it to."""
        summary = self._functions.summary(function)
        if any(name in summary.bound for name in requests):
            return
        requests = (*requests, *_aliases(summary, requests))
        for site in summary.calls:
            at = [i for i, one in enumerate(site.call.arguments) if _words(one) in requests]
            if not at:
                continue
            callee = self._called(function, site.call)
            if callee is None:
                continue
            if isinstance(callee, str):
                if at[0] == 0:
                    yield CalledView(function, site.call, callee, by)
            elif depth < _DEEPEST and not callee.fact.decorators:
                taken = _first(callee, at[0] + bool(callee.receiver))
                yield from self._handed_on(callee, taken, by, depth + 1)

    def _called(self, function: ProjectFunction, call: Call) -> ProjectFunction | str | None:
        """The view that is called, by its name, or another function of the project."""
        written = self._made_before(function, call.function)
        if isinstance(written, Call):
            return self._view_class(function.module, function.scope, written.function)
        callee = called_function(self._values.callee(function, call))
        if callee is None:
            return None
        return callee.fact.name if self.is_view(callee) else callee

    def _made_before(self, function: ProjectFunction, written: Expression) -> Expression:
        """`show = OrderDetail.as_view()`, then `show(request)`: what the name stands for."""
        bound = (
            self._functions.summary(function).bound.get(written.id, ()) if isinstance(written, Name) else ()
        )
        if len(bound) == 1 and bound[0].how == "assign":
            return bound[0].value
        return stands_for(self._project, function.module, function.scope, written) or written

    def _view_class(self, module: Module, scope: str, form: Expression) -> str | None:
        """`Orders.as_view()`, which makes a view of the class."""
        if not isinstance(form, Attribute) or form.attr != "as_view":
            return None
        found = self._scopes.resolve(module, scope, form.value)
        if not isinstance(found, Definition) or found.kind is not Kind.CLASS or found.member:
            return None
        cls = ProjectClass(found.module, found.index)
        return cls.fact.name if self._views.of(cls) is not None else None


def _aliases(summary: Summary, requests: tuple[str, ...]) -> Iterator[str]:
    """Other names for the request: `asked = request`."""
    for name, bound in summary.bound.items():
        if len(bound) == 1 and bound[0].how == "assign" and _words(bound[0].value) in requests:
            yield name


def _first(function: ProjectFunction, at: int) -> tuple[str, ...]:
    """The name of the parameter at a position."""
    parameters = function.fact.parameters
    if len(parameters) <= at or parameters[at].kind not in ("positional", "normal"):
        return ()
    return (parameters[at].name,)


def _words(form: Expression) -> str:
    """`request`, `self.request`; empty for all else."""
    if isinstance(form, Attribute) and isinstance(form.value, Name):
        return f"{form.value.id}.{form.attr}"
    return form.id if isinstance(form, Name) else ""
