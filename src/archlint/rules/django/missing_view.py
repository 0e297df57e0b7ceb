"""URL patterns whose view, or whose included URLconf, does not exist.

## Why is this bad?

`path("latest/", views.get_latest)` reads `get_latest` when the URLconf is imported. If `views` has no such
name, that is an `AttributeError`, and with it every request and every management command that loads the URLs
fails. So does `include("shop.urls")` where there is no such module (`ModuleNotFoundError`), `.as_view()` of
a class that has none, and a view given as text, which Django has refused since version 1.10 (`TypeError`). A
`handler404` that names nothing is found by the system checks (`urls.E008`), or else when somebody requests a
page that is not there.

## What to do

Name the view as it is called, or write it.

## Bad

`radio/settings.py`:

```python
INSTALLED_APPS = ["shows"]
ROOT_URLCONF = "radio.urls"
```

`radio/urls.py`:

```python
from django.urls import include, path

urlpatterns = [
    path("shows/", include("shows.urls")),
    path("hosts/", include("shows.host_urls")),  # error: [django/missing-view] "`shows` has no `host_urls`"
]

handler404 = "shows.views.lost"  # error: [django/missing-view] "`shows.views` has no `lost`"
```

`shows/__init__.py`:

```python
```

`shows/views.py`:

```python
from django.http import JsonResponse


def get_latest_shows(request):
    return JsonResponse({})
```

`shows/urls.py`:

```python
from django.urls import path

from shows import views

urlpatterns = [
    path("latest/", views.get_shows_latest),  # error: [django/missing-view] "no `get_shows_latest`"
    path("all/", "views.get_latest_shows"),  # error: [django/missing-view] "text"
]
```

## Good

`radio/settings.py`:

```python
INSTALLED_APPS = ["shows"]
ROOT_URLCONF = "radio.urls"
```

`radio/urls.py`:

```python
from django.urls import include, path

urlpatterns = [
    path("shows/", include("shows.urls")),
]

handler404 = "shows.views.lost"
```

`shows/__init__.py`:

```python
```

`shows/views.py`:

```python
from django.http import JsonResponse


def get_latest_shows(request):
    return JsonResponse({})


def lost(request, exception):
    return JsonResponse({}, status=404)
```

`shows/urls.py`:

```python
from django.urls import path

from shows import views

urlpatterns = [
    path("latest/", views.get_latest_shows),
]
```

## Source

https://docs.djangoproject.com/en/5.2/topics/http/urls/#including-other-urlconfs and
https://docs.djangoproject.com/en/5.2/ref/checks/#urls
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Expression, Literal
from archlint.finding import Finding, Severity
from archlint.frameworks.django.urls.calls import PatternCall, pattern_calls
from archlint.frameworks.django.urls.handlers import Handler, handlers
from archlint.frameworks.django.urls.views import Fault, ViewAnswer, Views
from archlint.frameworks.dotted_names import dotted_answer, gap, names_of
from archlint.frameworks.places.expressions import spot
from archlint.nearness import near_or_all
from archlint.project import MISSING, External, Folder, Module, Project, Unresolved
from archlint.project.files.generated import GeneratedModules
from archlint.project.files.test_code import is_test
from archlint.project.finder import Finder
from archlint.project.symbols import Symbols
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict


class MissingView(Rule, frozen=True):
    """Every view and every URLconf that a URL pattern names is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Resolve what patterns and handlers of errors name."""
        views = project.view(Views)
        for call in pattern_calls(project):
            if is_test(call.module.path):
                continue
            if call.included is not None:
                if isinstance(call.included, Literal):
                    yield self._dotted(project, call.module, call.included, "the included URLconf")
            elif call.written.view is not None:
                yield self._view(project, call, views.of(call.module, call.scope, call.written.view))
        for handler in handlers(project):
            yield self._handler(project, handler)

    def _view(self, project: Project, call: PatternCall, answer: ViewAnswer) -> Verdict:
        at = answer.at
        if answer.fault in (Fault.NONE, Fault.BARE_CLASS) or at is None:
            return Outcome.UNKNOWN if answer.handler is None else Outcome.KEPT
        place = spot(project, call.module, at)
        if answer.fault is Fault.MISSING and isinstance(at, Attribute) and isinstance(answer.holder, Module):
            return self._lacking(project, call.module, answer.holder, at)
        if answer.fault is Fault.TEXT:
            return self.finding(place, "the view is a text", "import the view and name it here")
        if answer.fault is Fault.MODULE:
            return self.finding(place, "the view is a module", "name a view of this module")
        return self.finding(
            place,
            "this has no `as_view`",
            "inherit from a view class, or name a function without `.as_view()`",
        )

    def _lacking(self, project: Project, module: Module, holder: Module, at: Attribute) -> Finding:
        names = [
            *(name for name in holder.bindings if not name.startswith("__")),
            *project.view(Finder).children(holder),
        ]
        hint = near_or_all(at.attr, names, f"add `{at.attr}` to `{holder.name}`")
        place = spot(project, module, at)
        remedy = respelled(place, at.attr, names)
        return self.finding(place, f"`{holder.name}` has no `{at.attr}`", hint, remedy=remedy)

    def _handler(self, project: Project, handler: Handler) -> Verdict:
        if isinstance(handler.value, Literal):
            return self._dotted(project, handler.module, handler.value, f"`{handler.name}`")
        return Outcome.KEPT

    def _dotted(self, project: Project, module: Module, written: Expression, what: str) -> Verdict:
        """A text that Django imports."""
        if not isinstance(written, Literal) or not isinstance(written.value, str):
            return Outcome.UNKNOWN
        symbols, dotted = project.view(Symbols), written.value
        found = dotted_answer(symbols, module, dotted)
        if found is not MISSING:
            return Outcome.UNKNOWN if isinstance(found, (External, Unresolved)) else Outcome.KEPT
        if project.view(GeneratedModules).may_make(dotted.replace(".", "/")):
            return Outcome.UNKNOWN
        parent, last = gap(symbols, module, dotted)
        home = parent.name if isinstance(parent, (Module, Folder)) else dotted.rpartition(".")[0]
        names = names_of(project, parent)
        hint = near_or_all(last, names, f"add `{last}` to `{home}`")
        place = spot(project, module, written)
        message = f"`{home}` has no `{last}`, which {what} names"
        return self.finding(place, message, hint, remedy=respelled(place, last, names))
