"""Namespaces of `include()` whose patterns belong to no app.

## Why is this bad?

A namespace is the name of one instance of an app's URLs, and the app has a name of its own. Where `include()`
is given a namespace and what it includes has no such name, Django raises `ImproperlyConfigured` as soon as
the URLconf is imported: a list, the `urls` of a router, a module without `app_name`.

## What to do

Set `app_name` in the included module, or include a pair of the patterns and a name.

## Bad

`shop/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "shop.urls"
```

`shop/order_urls.py`:

```python
from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse("orders"), name="list")]
```

`shop/urls.py`:

```python
from django.urls import include, path

urlpatterns = [
    path("v1/", include("shop.order_urls", namespace="v1")),  # error: [django/nameless-namespace] "`v1`"
]
```

## Good

`shop/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "shop.urls"
```

`shop/order_urls.py`:

```python
from django.http import HttpResponse
from django.urls import path

app_name = "orders"
urlpatterns = [path("", lambda request: HttpResponse("orders"), name="list")]
```

`shop/urls.py`:

```python
from django.urls import include, path

from shop.order_urls import urlpatterns as order_patterns

urlpatterns = [
    path("v1/", include("shop.order_urls", namespace="v1")),
    path("v2/", include((order_patterns, "orders"), namespace="v2")),
]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/urls/#include
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.urls.nameless import named_includes
from archlint.frameworks.django.version import Version
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class NamelessNamespace(Rule, frozen=True):
    """Every `include()` that is given a namespace is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the name of the app behind each namespace."""
        is_allowed = project.view(Version).is_before_two
        for call, namespace, has_name in named_includes(project):
            if has_name is None or is_allowed or is_test(call.module.path):
                yield Outcome.UNKNOWN
            elif has_name:
                yield Outcome.KEPT
            else:
                yield self.finding(
                    spot(project, call.module, namespace),
                    f"the patterns of the namespace `{namespace.value}` belong to no app",
                    "set `app_name` in the included module, or include `(patterns, app_name)`",
                )
