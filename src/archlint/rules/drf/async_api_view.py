"""Handlers of REST framework's views that are `async def`.

## Why is this bad?

`APIView` calls its handlers and expects a response. A handler written `async def` gives a coroutine that
nobody awaits, and every request fails: `AssertionError: Expected a Response, HttpResponse or
HttpStreamingResponse to be returned from the view, but received a <class 'coroutine'>`. The same goes for
functions behind `@api_view`.

## What to do

Write `def`, and call asynchronous code with `asgiref.sync.async_to_sync`; or use plain Django views, or a
package that brings asynchronous ones.

## Bad

`shop/views.py`:

```python
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView


class Stock(APIView):
    async def get(self, request):  # error: [drf/async-api-view] "`get` is a coroutine"
        return Response({})


@api_view(["GET"])
async def prices(request):  # error: [drf/async-api-view] "`prices` is a coroutine"
    return Response({})
```

## Good

`shop/views.py`:

```python
from asgiref.sync import async_to_sync
from rest_framework.response import Response
from rest_framework.views import APIView


async def stock() -> int:
    return 3


class Stock(APIView):
    def get(self, request):
        return Response({"stock": async_to_sync(stock)()})
```

## Source

`rest_framework/views.py`, `APIView.dispatch()` and `finalize_response()`
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call
from archlint.finding import Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.urls.making import Making
from archlint.frameworks.drf.view_classes import ViewClasses
from archlint.frameworks.places.classes import function_at
from archlint.project import Module, Project
from archlint.project.classes import ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.rule import Outcome, Rule, Verdict

_API_VIEW = "rest_framework.decorators.api_view"
_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_ACTIONS = frozenset({"list", "create", "retrieve", "update", "partial_update", "destroy"})


class AsyncApiView(Rule, frozen=True):
    """Every handler of a view of REST framework is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the handlers in every module that imports REST framework."""
        for module in project.modules:
            if any(fact.module.startswith("rest_framework") for fact in module.facts.imports):
                yield from self._functions(project, module)
                yield from self._classes(project, module)

    def _functions(self, project: Project, module: Module) -> Iterator[Verdict]:
        making = project.view(Making)
        for index, fact in enumerate(module.functions):
            called = [decorator.function for decorator in fact.decorators if isinstance(decorator, Call)]
            function = ProjectFunction(module, index)
            names = [making.external(module, function.outer, each) for each in called]
            if "rest_framework.decorators.api_view" in names:
                yield self._verdict(
                    project, function, are_inner=names[-1] != "rest_framework.decorators.api_view"
                )

    def _classes(self, project: Project, module: Module) -> Iterator[Verdict]:
        views, values = project.view(ViewClasses), project.view(ClassValues)
        for index in range(len(module.classes)):
            cls = ProjectClass(module, index)
            kind = views.of(cls)
            if kind is None or values.of(cls, "dispatch") is not None:
                continue
            names = _METHODS | _ACTIONS if kind.is_set else _METHODS
            for member in cls.fact.members:
                if member.kind is Kind.FUNCTION and member.name in names:
                    yield self._verdict(project, ProjectFunction(module, member.index))

    def _verdict(self, project: Project, function: ProjectFunction, are_inner: bool = False) -> Verdict:
        fact = function.fact
        if not fact.is_async:
            return Outcome.KEPT
        if are_inner or (function.receiver and fact.decorators):
            return Outcome.UNKNOWN  # a decorator may make a plain function of it
        return self.finding(
            function_at(project, function),
            f"`{fact.name}` is a coroutine, and REST framework does not await it",
            "write `def`, and call asynchronous code with `async_to_sync`",
        )
