"""URL patterns that are written for another function, or with a slash too many.

## Why is this bad?

`path("^orders/$", …)` is no regular expression: it waits for a URL with `^` and `$` in it, and `/orders/` is
not found. A route that begins with a slash, under a prefix that ends with one, answers `//orders/` alone. And
`re_path(r"^shop/$", include(…))` leaves nothing for what it includes.

## What to do

Write routes of `path()` without `^` and `$`, and without a slash in front. Leave `$` out where more follows.

## Bad

`shop/settings.py`:

```python
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = []
```

`shop/views.py`:

```python
from django.http import HttpResponse


def orders(request):
    return HttpResponse("orders")
```

`shop/more.py`:

```python
from django.urls import path

from shop import views

urlpatterns = [path("all/", views.orders)]
```

`shop/urls.py`:

```python
from django.urls import include, path, re_path

from shop import views

urlpatterns = [
    path("^orders/$", views.orders),  # warning: [django/malformed-url-pattern] "no regular expression"
    path("/invoices/", views.orders),  # warning: [django/malformed-url-pattern] "`//invoices/`"
    re_path(r"^shop/$", include("shop.more")),  # warning: [django/malformed-url-pattern] "ends with `$`"
]
```

## Good

`shop/settings.py`:

```python
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = []
```

`shop/views.py`:

```python
from django.http import HttpResponse


def orders(request):
    return HttpResponse("orders")
```

`shop/more.py`:

```python
from django.urls import path

from shop import views

urlpatterns = [path("all/", views.orders)]
```

`shop/urls.py`:

```python
from django.urls import include, path, re_path

from shop import views

urlpatterns = [
    re_path(r"^orders/$", views.orders),
    path("invoices/", views.orders),
    re_path(r"^shop/", include("shop.more")),
]
```

## Source

The checks `2_0.W001`, `urls.W001` and `urls.W002` in
https://docs.djangoproject.com/en/5.2/ref/checks/#url-configuration
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.urls.calls import PatternCall, pattern_calls
from archlint.frameworks.django.urls.routes import DjangoRoute, DjangoRoutes
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class MalformedUrlPattern(Rule, frozen=True):
    """Every call of `path()` and `re_path()` is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what is written, and at what comes together of it."""
        told: set[tuple[str, int, int]] = set()
        routes = project.view(DjangoRoutes)
        roots = {module.path for module in routes.roots}
        for call in pattern_calls(project):
            said = None if is_test(call.module.path) else _wrong(call) or _begun(call, roots)
            if said is None:
                yield Outcome.UNKNOWN if call.written.route is None else Outcome.KEPT
                continue
            told.add((call.module.path, *place(call.written.form)))
            yield self.finding(spot(project, call.module, call.written.form), *said)
        for route in routes:
            pattern = route.pattern
            if pattern is None or not _has_slash_too_many(route):
                continue
            key = (pattern.module.path, *place(pattern.form))
            if key in told or is_test(pattern.module.path):
                continue
            told.add(key)
            at = spot(project, pattern.module, pattern.form)
            yield self.finding(at, f"only `/{route.path}` leads here", "leave the slash in front out")


def _wrong(call: PatternCall) -> tuple[str, str] | None:
    route = call.written.route
    if route is None:
        return None
    if call.written.is_regex:
        if call.included is not None and route.endswith("$") and not route.endswith("\\$"):
            return f"`{route}` ends with `$`, and nothing can follow it", "leave `$` out"
        return None
    if "(?P<" in route or route.startswith("^") or route.endswith("$"):
        hint = "write it as a path, or call `re_path()`"
        return f"`{route}` is no regular expression in `path()`", hint
    return None


def _begun(call: PatternCall, roots: set[str]) -> tuple[str, str] | None:
    """A prefix with a slash in front, at the root, where one stands already."""
    route = call.written.route
    if route is None or call.included is None or call.module.path not in roots or not route.startswith("/"):
        return None
    return f"only what begins with `/{route}` leads here", "leave the slash in front out"


def _has_slash_too_many(route: DjangoRoute) -> bool:
    """Whether a route begins with a slash where one stands already."""
    pattern = route.pattern
    if pattern is None or pattern.view is None or not (pattern.route or "").startswith("/"):
        return False
    is_known = route.is_whole and route.has_known_path and not route.has_regex
    return is_known and f"/{route.path}".endswith(f"/{pattern.route}")
