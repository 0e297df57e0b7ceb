"""Class-based views in URL patterns without `.as_view()`.

## Why is this bad?

A class is callable, so Django would call it with the request, and get an object instead of a response. Its
system checks refuse it (`urls.E009`), and with them `runserver`, `migrate` and `test` stop; a server that
runs no checks fails with a `TypeError` at every request.

## What to do

Append `.as_view()` to the class.

## Bad

`library/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "library.urls"
```

`library/urls.py`:

```python
from django.urls import path

from library.views import ShelfView

urlpatterns = [
    path("shelf/", ShelfView),  # error: [django/bare-view-class] "`ShelfView` is a class"
]
```

`library/views.py`:

```python
from django.views import View


class ShelfView(View):
    def get(self, request): ...
```

## Good

`library/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "library.urls"
```

`library/urls.py`:

```python
from django.urls import path

from library.feeds import Latest
from library.views import ShelfView

urlpatterns = [
    path("shelf/", ShelfView.as_view()),
    path("feed/", Latest()),
]
```

`library/feeds.py`:

```python
from django.contrib.syndication.views import Feed


class Latest(Feed):
    title = "Latest books"
```

`library/views.py`:

```python
from django.views import View


class ShelfView(View):
    def get(self, request): ...
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#urls
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Edit, Finding, Fix, Location, Severity
from archlint.frameworks.django.urls.calls import PatternCall, pattern_calls
from archlint.frameworks.django.urls.views import Fault, ViewAnswer, Views
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class BareViewClass(Rule, frozen=True):
    """Every view that a URL pattern names is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Resolve what patterns name."""
        views = project.view(Views)
        for call in pattern_calls(project):
            if is_test(call.module.path):
                continue
            if call.written.view is None or call.included is not None:
                continue
            answer = views.of(call.module, call.scope, call.written.view)
            if answer.fault is Fault.BARE_CLASS:
                yield self._found(project, call, answer)
            else:
                yield Outcome.UNKNOWN if answer.handler is None else Outcome.KEPT

    def _found(self, project: Project, call: PatternCall, answer: ViewAnswer) -> Finding:
        assert answer.at is not None
        place = spot(project, call.module, answer.at)
        name = getattr(answer.at, "attr", getattr(answer.at, "id", "this"))
        end = Location(place.path, place.end_line, place.end_column, place.end_line, place.end_column)
        fix = Fix((Edit(end, ".as_view()"),), safe=True)
        return self.finding(place, f"`{name}` is a class, not a view", "append `.as_view()`", fix=fix)
