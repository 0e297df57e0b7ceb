"""Entries of `urlpatterns` that are no patterns.

## Why is this bad?

Django asks each entry of `urlpatterns` whether it answers a URL. The `urls` of a router and what `static()`
gives are lists of patterns, what `include()` gives and `admin.site.urls` are tuples: none can be asked.
Django's system checks refuse them (`urls.E004`), and with them `runserver`, `migrate` and `test` stop; a
server that runs no checks fails at the first URL that gets so far.

## What to do

Unpack lists with a star, or add them with `+`. Hand to `path()` what `include()` gives.

## Bad

`shop/settings.py`:

```python
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["rest_framework"]
MEDIA_URL = "/media/"
DEBUG = True
```

`shop/views.py`:

```python
from rest_framework.viewsets import ViewSet


class OrderViewSet(ViewSet):
    def list(self, request): ...
```

`shop/urls.py`:

```python
from django.conf import settings
from django.conf.urls.static import static
from rest_framework.routers import DefaultRouter

from shop.views import OrderViewSet

router = DefaultRouter()
router.register("orders", OrderViewSet, basename="order")

urlpatterns = [
    router.urls,  # error: [django/invalid-url-entry] "a list of patterns"
    static(settings.MEDIA_URL),  # error: [django/invalid-url-entry] "a list of patterns"
    ("orders/", OrderViewSet.as_view({"get": "list"})),  # error: [django/invalid-url-entry] "a tuple"
]
```

## Good

`shop/settings.py`:

```python
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["rest_framework"]
MEDIA_URL = "/media/"
DEBUG = True
```

`shop/views.py`:

```python
from rest_framework.viewsets import ViewSet


class OrderViewSet(ViewSet):
    def list(self, request): ...
```

`shop/urls.py`:

```python
from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from rest_framework.routers import DefaultRouter

from shop.views import OrderViewSet

router = DefaultRouter()
router.register("orders", OrderViewSet, basename="order")

urlpatterns = [
    path("api/", include(router.urls)),
    *router.urls,
    path("all/", OrderViewSet.as_view({"get": "list"})),
] + static(settings.MEDIA_URL)
urlpatterns += router.urls
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#urls
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.urls.entries import entries
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class InvalidUrlEntry(Rule, frozen=True):
    """Every entry of a list of patterns that Django reads is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each entry whether it is a pattern."""
        for entry in entries(project):
            if entry.misfit is None or is_test(entry.module.path):
                yield Outcome.KEPT
                continue
            message = f"{entry.misfit.is_what} stands among the patterns, and is none"
            yield self.finding(spot(project, entry.module, entry.form), message, entry.misfit.hint)
