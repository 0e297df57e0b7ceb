"""Path converters that nobody has registered.

## Why is this bad?

`path("<string:name>", …)` raises `ImproperlyConfigured` when the URLconf is imported: Django knows `int`,
`path`, `slug`, `str` and `uuid`, and what `register_converter()` adds.

## What to do

Use a converter of Django's, or register your own before the first pattern that uses it.

## Bad

`shop/urls.py`:

```python
from django.urls import path

from shop import views

urlpatterns = [
    path("<string:name>/", views.product),  # error: [django/unknown-converter] "no converter `string`"
]
```

`shop/views.py`:

```python
from django.http import HttpResponse


def product(request, name):
    return HttpResponse(name)
```

## Good

`shop/converters.py`:

```python
class HexConverter:
    regex = "[0-9a-f]+"

    def to_python(self, value):
        return int(value, 16)

    def to_url(self, value):
        return f"{value:x}"
```

`shop/urls.py`:

```python
from django.urls import path, register_converter

from shop import views
from shop.converters import HexConverter

register_converter(HexConverter, "hex")

urlpatterns = [
    path("<str:name>/", views.product),
    path("codes/<hex:name>/", views.product),
]
```

`shop/views.py`:

```python
from django.http import HttpResponse


def product(request, name):
    return HttpResponse(name)
```

## Source

https://docs.djangoproject.com/en/5.2/topics/http/urls/#path-converters
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.urls.calls import pattern_calls
from archlint.frameworks.django.urls.converters import converters
from archlint.frameworks.django.urls.paths import path_parameters
from archlint.frameworks.places.expressions import spot
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class UnknownConverter(Rule, frozen=True):
    """Every path that names converters is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the names in each path with those that are registered."""
        known: frozenset[str] | None = None
        is_asked = False
        for call in pattern_calls(project):
            written = call.written
            if written.is_regex or written.route is None or ":" not in written.route:
                continue
            if not is_asked:
                known, is_asked = converters(project), True
            if known is None or is_test(call.module.path):
                yield Outcome.UNKNOWN
                continue
            named = [each.converter for each in path_parameters(written.route)]
            unknown = [name for name in named if name not in known]
            if not unknown:
                yield Outcome.KEPT
                continue
            yield self.finding(
                spot(project, call.module, written.form),
                f"there is no converter `{unknown[0]}`",
                near_or_all(unknown[0], sorted(known)),
            )
