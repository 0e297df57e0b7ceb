"""URL patterns that no request can reach, because an earlier one matches the same paths.

## Why is this bad?

Django tries the patterns in their order and takes the first whose path matches, whatever the HTTP method.
`users/<str:name>/` before `users/me/` answers for `me`, too; two views at one path, one for `GET` and one for
`POST`, make the second unreachable, and `POST` gets `405 Method Not Allowed` or the wrong view.

## What to do

Put the more specific one first, give the parameter a narrower converter, or answer all methods of a path in
one view.

## Bad

`club/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "club.urls"
```

`club/urls.py`:

```python
from django.urls import path

from club import views

urlpatterns = [
    path("members/<str:name>/", views.member),
    path("members/me/", views.me),  # warning: [django/shadowed-url] "`members/<str:name>/` comes first"
    path("events/", views.events),
    path("events/", views.new_event),  # warning: [django/shadowed-url] "`events/` comes first"
]
```

`club/views.py`:

```python
def member(request, name): ...


def me(request): ...


def events(request): ...


def new_event(request): ...
```

## Good

`club/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "club.urls"
```

`club/urls.py`:

```python
from django.urls import path

from club import views

urlpatterns = [
    path("members/me/", views.me),
    path("members/<str:name>/", views.member),
    path("events/<int:pk>/", views.event),
    path("events/next/", views.next_event),
]
```

`club/views.py`:

```python
def member(request, name): ...


def me(request): ...


def event(request, pk): ...


def next_event(request): ...
```

## Source

https://docs.djangoproject.com/en/5.2/topics/http/urls/#how-django-processes-a-request
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.urls.covering import Earlier, covers
from archlint.frameworks.django.urls.routes import DjangoRoute, DjangoRoutes
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.remedies import moved
from archlint.rule import Outcome, Rule, Verdict

ROOT_OF_ROUTERS = "api-root"
"""The list of its URLs that each `DefaultRouter` adds by itself: nobody misses a further one."""


class ShadowedUrl(Rule, frozen=True):
    """Every route is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a route before each that takes all it would match."""
        before = Earlier()
        told: set[int] = set()
        for route in project.view(DjangoRoutes):
            if route.place is None or is_test(route.place.module.path) or not route.is_whole:
                yield Outcome.UNKNOWN
                continue
            earlier = before.covering(route)
            if earlier is None:
                before.add(route)  # what is covered covers nothing that the other one does not
            is_same = earlier is not None and (
                earlier.pattern is route.pattern or earlier.handler == route.handler
            )
            if earlier is None or is_same or route.name == ROOT_OF_ROUTERS:
                yield Outcome.KEPT
            elif id(route.pattern) not in told:
                told.add(id(route.pattern))
                yield self._found(project, route, earlier)

    def _found(self, project: Project, route: DjangoRoute, earlier: DjangoRoute) -> Finding:
        assert route.pattern is not None
        assert earlier.pattern is not None
        first = spot(project, earlier.pattern.module, earlier.pattern.form)
        here = spot(project, route.pattern.module, route.pattern.form)
        # Where each matches what the other does, their order mends nothing.
        is_special = not covers(route, earlier)
        late, early = route.path or "/", earlier.path or "/"
        return self.finding(
            here,
            f"no request reaches `{late}`: `{early}` comes first and matches it too",
            "put the more specific pattern first, or answer all methods of a path in one view",
            related=(Related(first, "this one comes first"),),
            remedy=moved(here, first) if is_special else None,
        )
