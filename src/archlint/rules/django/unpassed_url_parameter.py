"""Parameters that a view reads and no URL passes.

## Why is this bad?

`self.kwargs` of a view holds what the route has found in the path, and nothing else. A name that no route to
the view passes raises `KeyError` at each request: `self.kwargs["order_id"]` behind `orders/<int:pk>/lines/`.

## What to do

Use one name in the route and in the view.

## Bad

`shop/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "shop.urls"
```

`shop/views.py`:

```python
from django.http import JsonResponse
from django.views import View


class Lines(View):
    def get(self, request, *args, **kwargs):
        order = self.kwargs["order_id"]  # error: [django/unpassed-url-parameter] "no route passes `order_id`"
        return JsonResponse({"order": order})
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import Lines

urlpatterns = [path("orders/<int:pk>/lines/", Lines.as_view())]
```

## Good

`shop/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "shop.urls"
```

`shop/views.py`:

```python
from django.http import JsonResponse
from django.views import View


class Lines(View):
    def get(self, request, *args, **kwargs):
        return JsonResponse({"order": self.kwargs["order_id"], "page": self.kwargs.get("page", 1)})
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import Lines

urlpatterns = [path("orders/<int:order_id>/lines/", Lines.as_view())]
```

## When not to use it

The rule is silent of bases with a view below them to which no route is seen, and of classes that change
`self.kwargs` themselves.

## Source

https://docs.djangoproject.com/en/5.2/topics/class-based-views/generic-display/#dynamic-filtering
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.urls.parameter_reads import ParameterRead, parameter_reads
from archlint.frameworks.places.expressions import spot
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnpassedUrlParameter(Rule, frozen=True):
    """Every place is one where a view cannot do without a parameter of its URL."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare each name with those in the routes."""
        for read in parameter_reads(project):
            if read.passed is None:
                yield Outcome.UNKNOWN
            elif read.name in read.passed:
                yield Outcome.KEPT
            else:
                yield self._found(project, read, read.passed)

    def _found(self, project: Project, read: ParameterRead, passed: frozenset[str]) -> Finding:
        route = next((each for each in read.routes if each.place is not None), None)
        related: tuple[Related, ...] = ()
        if route is not None and route.place is not None:
            here = project.location(route.place.module, route.place.line, route.place.column)
            related = (Related(here, f"the route: `{route.path}`"),)
        return self.finding(
            spot(project, read.method.module, read.form),
            f"no route passes `{read.name}`",
            near_or_all(read.name, passed, "give the route that parameter"),
            related=related,
        )
