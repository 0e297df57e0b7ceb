"""URL parameters that the view does not take, and parameters of views that no URL passes.

## Why is this bad?

Django calls a view with the request and with each named part of the path as a keyword argument, those of
all the prefixes it was included under too. A view that does not take one of them, or wants one that is not
there, raises `TypeError` at every request. Generic views of one object need its `pk` or `slug`, under the
names that `pk_url_kwarg` and `slug_url_kwarg` say, and raise `AttributeError` without.

## What to do

Give both the same name, add the parameter where it is missing, or take `**kwargs`.

## Bad

`library/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "library.urls"
```

`library/urls.py`:

```python
from django.urls import include, path

from library import views

urlpatterns = [
    path("books/<int:pk>/", views.book),  # error: [django/mismatched-url-parameter] "`pk`"
    path("shelves/<slug:slug>/", include("library.shelf_urls")),
]
```

`library/shelf_urls.py`:

```python
from django.urls import path

from library import views

urlpatterns = [
    path("", views.ShelfView.as_view()),  # error: [django/mismatched-url-parameter] "`post`"
]
```

`library/views.py`:

```python
from django.http import JsonResponse
from django.views import View


def book(request, book_id):
    return JsonResponse({"id": book_id})


class ShelfView(View):
    def get(self, request, slug):
        return JsonResponse({"slug": slug})

    def post(self, request):
        return JsonResponse({})
```

## Good

`library/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "library.urls"
```

`library/urls.py`:

```python
from django.urls import include, path

from library import views

urlpatterns = [
    path("books/<int:book_id>/", views.book),
    path("shelves/<slug:slug>/", include("library.shelf_urls")),
]
```

`library/shelf_urls.py`:

```python
from django.urls import path

from library import views

urlpatterns = [
    path("", views.ShelfView.as_view()),
]
```

`library/views.py`:

```python
from django.http import JsonResponse
from django.views import View


def book(request, book_id, page=1):
    return JsonResponse({"id": book_id})


class ShelfView(View):
    def get(self, request, slug):
        return JsonResponse({"slug": slug})

    def post(self, request, **kwargs):
        return JsonResponse({"slug": self.kwargs["slug"]})
```

## When not to use it

Views behind a decorator of the project's own, and views that override `dispatch()` or `setup()`, are left
alone: these may pass something else. Only what such a decorator puts in the place of a view has to take what
the route passes. So are the URLs of tests, which are often there to be reversed and never
asked for.

## Source

https://docs.djangoproject.com/en/5.2/topics/http/urls/#example
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Location, Related, Severity
from archlint.frameworks.django.urls.answering import Answer, Answering
from archlint.frameworks.django.urls.handlers import handler_view, handlers
from archlint.frameworks.django.urls.routes import DjangoRoute, DjangoRoutes
from archlint.frameworks.django.urls.signatures import Mismatch, mismatch
from archlint.frameworks.django.urls.single_objects import single_objects
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.web import Parameter
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction
from archlint.rule import Outcome, Rule, Verdict


class MismatchedUrlParameter(Rule, frozen=True):
    """Every function that answers a route is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare what routes pass with what views take."""
        answering = project.view(Answering)
        fitting: set[ProjectFunction] = set()
        compared: list[tuple[DjangoRoute, list[tuple[Answer, Mismatch | None]]]] = []
        for route in project.view(DjangoRoutes):
            if route.place is None or not route.has_known_parameters or is_test(route.place.module.path):
                yield Outcome.UNKNOWN
                fitting.update(answer.function for answer in answering.of(route))
                continue
            answers = [(each, _mismatch(each, route)) for each in answering.of(route)]
            compared.append((route, answers))
        fitting.update(answer.function for _, answers in compared for answer, found in answers if not found)
        told: set[tuple[Location, Mismatch]] = set()
        for route, answers in compared:
            is_used = any(found is None for _, found in answers)
            for answer, found in answers:
                if found is None:
                    yield Outcome.KEPT
                    continue
                if is_used and answer.function in fitting:
                    yield Outcome.UNKNOWN  # one class behind two routes, with some methods for each
                    continue
                finding = self._found(project, route, answer, found)
                if (finding.location, found) not in told:
                    told.add((finding.location, found))
                    yield finding

        yield from self._single(project)
        yield from self._handlers(project)

    def _single(self, project: Project) -> Iterator[Verdict]:
        """Generic views of one object need to be told which."""
        for one in single_objects(project):
            pattern = one.route.pattern
            if one.is_told or one.wanted is None or pattern is None or is_test(pattern.module.path):
                yield Outcome.KEPT if one.wanted is not None else Outcome.UNKNOWN
                continue
            wanted = " nor ".join(f"`{name}`" for name in one.wanted)
            yield self.finding(
                spot(project, pattern.module, pattern.view if pattern.view is not None else pattern.form),
                f"`{one.cls.fact.name}` looks its object up, and `{one.route.path}` passes neither {wanted}",
                "give the parameter that name, or set `slug_url_kwarg` or `pk_url_kwarg` of the view",
                related=(Related(class_at(project, one.cls), "the view is defined here"),),
            )

    def _handlers(self, project: Project) -> Iterator[Verdict]:
        """Views for errors are passed the exception too, but for that of a failure."""
        for handler in handlers(project):
            function = handler_view(project, handler)
            if function is None:
                yield Outcome.UNKNOWN
                continue
            passed = () if handler.name == "handler500" else (Parameter(""),)
            found = mismatch(function, passed, frozenset(), is_whole=True)
            if found is None:
                yield Outcome.KEPT
                continue
            here = project.location(function.module, function.fact.line, function.fact.column)
            wanted = "(request, exception)" if passed else "(request)"
            yield self.finding(
                spot(project, handler.module, handler.value),
                f"`{function.fact.name}` cannot be called as `{handler.name}` is",
                f"let it take `{wanted}`",
                related=(Related(here, f"`{function.fact.name}` is defined here"),),
            )

    def _found(self, project: Project, route: DjangoRoute, answer: Answer, found: Mismatch) -> Finding:
        pattern, function = route.pattern, answer.function
        assert pattern is not None
        name = function.fact.name
        here = project.location(function.module, function.fact.line, function.fact.column)
        related = (Related(here, f"`{name}` is defined here"),)
        form = pattern.view if pattern.view is not None else pattern.form
        place = spot(project, pattern.module, form)
        if not found.is_passed:
            message = f"`{name}` requires `{found.name}`, which `{route.path}` does not pass"
            hint = f"add `<{found.name}>` to the path, or give the parameter a default"
        elif found.name:
            message = f"`{name}` does not take `{found.name}`, which `{route.path}` passes"
            hint = f"add the parameter `{found.name}`, or correct its name on one of the two sides"
        else:
            message = f"`{name}` takes fewer parameters than `{route.path}` passes"
            hint = "add the missing parameters"
        return self.finding(place, message, hint, related=related)


def _mismatch(answer: Answer, route: DjangoRoute) -> Mismatch | None:
    return mismatch(answer.function, route.parameters, route.given, is_whole=route.is_whole)
