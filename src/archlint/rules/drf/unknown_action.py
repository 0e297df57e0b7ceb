"""Viewsets bound to actions that they do not have.

## Why is this bad?

`as_view({"get": "list"})` looks the action up when a request comes in: an action that the viewset has not is
an `AttributeError` for every client, and the server starts all the same.

## What to do

Name a method of the viewset, or add the mixin that brings it.

## Bad

`shop/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
ROOT_URLCONF = "shop.urls"
```

`shop/views.py`:

```python
from rest_framework import viewsets
from rest_framework.response import Response


class OrderViewSet(viewsets.ViewSet):
    def list(self, request):
        return Response([])
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import OrderViewSet

urlpatterns = [
    path("orders/", OrderViewSet.as_view({"get": "index"})),  # error: [drf/unknown-action] "`index`"
]
```

## Good

`shop/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
ROOT_URLCONF = "shop.urls"
```

`shop/views.py`:

```python
from rest_framework import mixins, viewsets
from rest_framework.response import Response


class OrderViewSet(mixins.DestroyModelMixin, viewsets.GenericViewSet):
    def get_object(self):
        raise NotImplementedError

    def list(self, request):
        return Response([])
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import OrderViewSet

urlpatterns = [
    path("orders/", OrderViewSet.as_view({"get": "list", "delete": "destroy"})),
]
```

## Source

https://www.django-rest-framework.org/api-guide/viewsets/#example
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.drf.view_classes import ViewClasses
from archlint.frameworks.drf.view_options import ViewOptions
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import spot
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.rule import Outcome, Rule, Verdict


class UnknownAction(Rule, frozen=True):
    """Every action of every `as_view({…})` is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look the actions up in the viewsets and in what REST framework brings."""
        options, views = project.view(ViewOptions), project.view(ViewClasses)
        told: set[object] = set()
        for cls in options.routed():
            kind = views.of(cls)
            names = _members(project, cls)
            if kind is None or not kind.is_set:
                continue
            for route in options.routes(cls):
                bound = route.handler.actions if route.handler is not None else None
                form = route.view.call if route.view is not None else None
                if route.pattern is None or form is None:
                    continue
                for method, action in bound or ():
                    if action in kind.actions or "__getattr__" in names or action in names:
                        yield Outcome.KEPT
                        continue
                    place = spot(project, route.pattern.module, form)
                    if (place, action) in told:
                        continue
                    told.add((place, action))
                    yield self.finding(
                        place,
                        f"`{cls.fact.name}` has no action `{action}` for `{method}`",
                        near_or_all(action, sorted(names | kind.actions)),
                        related=(Related(class_at(project, cls), "the viewset is defined here"),),
                    )


def _members(project: Project, cls: ProjectClass) -> set[str]:
    """The names that the classes of the project give to a viewset."""
    order = project.view(ClassHierarchy).order(cls)
    return {
        name
        for one in order
        if isinstance(one, ProjectClass)
        for name in (*one.fact.attributes, *(member.name for member in one.fact.members))
    }
