"""Arguments of `as_view()` that the view has no attribute for.

## Why is this bad?

What `as_view()` is given takes the place of attributes of the class. For a name that the class does not have,
and for the name of an HTTP method, it raises `TypeError` as soon as the URLconf is imported, and no URL of
the project works any more. An annotation alone, `page_size: int`, makes no attribute.

## What to do

Give the attribute the name that the class knows, or declare it there with a value.

## Bad

`shop/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "shop.urls"
```

`shop/views.py`:

```python
from django.http import HttpResponse
from django.views import View


class Numbered(View):
    size: int

    def get(self, request):
        return HttpResponse(str(self.size))


class Orders(Numbered):
    title = "Orders"
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import Orders

urlpatterns = [
    path("orders/", Orders.as_view(size=20)),  # error: [django/unknown-view-argument] "no attribute `size`"
]
```

## Good

`shop/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "shop.urls"
```

`shop/views.py`:

```python
from django.http import HttpResponse
from django.views import View


class Numbered(View):
    size: int = 10

    def get(self, request):
        return HttpResponse(str(self.size))


class Orders(Numbered):
    title = "Orders"
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import Orders

urlpatterns = [
    path("orders/", Orders.as_view(size=20, title="All orders", http_method_names=["get"])),
]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/class-based-views/base/#django.views.generic.base.View.as_view
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.urls.routes import DjangoRoute, DjangoRoutes
from archlint.frameworks.django.urls.view_arguments import ViewArguments
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import place, spot
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.classes import ProjectClass
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class UnknownViewArgument(Rule, frozen=True):
    """Every call of `as_view()` in a URLconf that passes something is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look each name up in the class and its bases."""
        arguments = project.view(ViewArguments)
        told: set[object] = set()
        for route in project.view(DjangoRoutes):
            pattern, cls = route.pattern, route.handler.cls if route.handler is not None else None
            if pattern is None or cls is None or route.view is None or not route.view.given:
                continue
            key = (pattern.module.path, *place(pattern.form))
            if key in told or is_test(pattern.module.path):
                continue
            told.add(key)
            known = arguments.of(cls)
            if known is None or not route.handler or not route.handler.is_plain:
                yield Outcome.UNKNOWN
                continue
            unknown = sorted(route.view.given - known - {""})
            yield self._found(project, route, cls, unknown[0], known) if unknown else Outcome.KEPT

    def _found(
        self, project: Project, route: DjangoRoute, cls: ProjectClass, name: str, known: frozenset[str]
    ) -> Finding:
        assert route.pattern is not None
        assert route.view is not None
        return self.finding(
            spot(project, route.pattern.module, route.view.call or route.pattern.form),
            f"`{cls.fact.name}` has no attribute `{name}`, and `as_view()` takes no other",
            did_you_mean(name, known, f"declare `{name}` in the class with a value"),
            related=(Related(class_at(project, cls), "the view is defined here"),),
        )
