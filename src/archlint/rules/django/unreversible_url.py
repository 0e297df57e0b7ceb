"""URL names that no pattern has, or that take other arguments.

## Why is this bad?

`reverse("shop:order")`, `redirect("order")` and `{% url "order" %}` look the name up when they run, and
raise `NoReverseMatch` where no pattern has it, or where the arguments are not those of its path. After a
pattern was renamed or given another parameter, every page that links to it fails.

## What to do

Use the name of a pattern, with its namespaces in front, and pass what its path asks for.

## Bad

`library/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "library.urls"
```

`library/urls.py`:

```python
from django.urls import include, path

from library import views

app_patterns = ([path("<int:pk>/", views.book, name="book")], "books")

urlpatterns = [
    path("", views.index, name="home"),
    path("books/", include(app_patterns)),
]
```

`library/views.py`:

```python
from django.shortcuts import redirect
from django.urls import reverse


def index(request):
    return redirect("book", pk=1)  # error: [django/unreversible-url] "no URL is called `book`"


def book(request, pk):
    return redirect(reverse("books:book"))  # error: [django/unreversible-url] "`books:book` takes `pk`, but"
```

## Good

`library/settings.py`:

```python
INSTALLED_APPS = []
ROOT_URLCONF = "library.urls"
```

`library/urls.py`:

```python
from django.urls import include, path

from library import views

app_patterns = ([path("<int:pk>/", views.book, name="book")], "books")

urlpatterns = [
    path("", views.index, name="home"),
    path("books/", include(app_patterns)),
]
```

`library/views.py`:

```python
from django.shortcuts import redirect
from django.urls import reverse


def index(request):
    return redirect("books:book", pk=1)


def book(request, pk):
    return redirect(reverse("home") + reverse("books:book", args=[pk]))
```

## When not to use it

The rule is silent where not all names can be seen: a package from outside that is included without a
namespace may bring any.

## Source

https://docs.djangoproject.com/en/5.2/ref/urlresolvers/#reverse
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.urls.reversals import Reversal, reversals
from archlint.frameworks.django.urls.reversing import Reach, UrlNames
from archlint.frameworks.places.expressions import spot
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict


class UnreversibleUrl(Rule, frozen=True):
    """Every literal name of a URL, in code and in templates, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up each name."""
        names = project.view(UrlNames)
        if not names.is_known:
            yield Outcome.UNKNOWN
            return
        for reversal in reversals(project):
            reach = names.reach(reversal.name, reversal.passed)
            if reach is Reach.FOUND:
                yield Outcome.KEPT
            elif reach is Reach.UNKNOWN:
                yield Outcome.UNKNOWN
            elif reach is Reach.WRONG_ARGUMENTS:
                yield self._mismatched(project, names, reversal)
            else:
                yield self._missing(names, reversal, reach)

    def _missing(self, names: UrlNames, reversal: Reversal, reach: Reach) -> Finding:
        namespace, _, name = reversal.name.rpartition(":")
        if reach is Reach.NO_NAMESPACE:
            hint = near_or_all(namespace, names.namespaces(), "leave the namespace out")
            remedy = respelled(reversal.location, namespace, names.namespaces())
            message = f"there is no namespace `{namespace}`"
            return self.finding(reversal.location, message, hint, remedy=remedy)
        known = names.names(namespace)
        elsewhere = [
            other for each in names.namespaces() for other in names.names(each) if other.endswith(f":{name}")
        ]
        hint = f"did you mean `{elsewhere[0]}`?" if elsewhere else near_or_all(reversal.name, known)
        remedy = respelled(reversal.location, reversal.name, elsewhere[:1] or known)
        return self.finding(reversal.location, f"no URL is called `{reversal.name}`", hint, remedy=remedy)

    def _mismatched(self, project: Project, names: UrlNames, reversal: Reversal) -> Finding:
        route = names.routes(reversal.name)[0]
        wanted = ", ".join(f"`{p.name}`" for p in route.parameters if not p.is_optional) or "no arguments"
        related: tuple[Related, ...] = ()
        if route.pattern is not None and route.pattern.module is not None:
            place = spot(project, route.pattern.module, route.pattern.form)
            related = (Related(place, f"`{reversal.name}` is declared here"),)
        return self.finding(
            reversal.location,
            f"`{reversal.name}` takes {wanted}, but is given something else",
            "pass what the path asks for",
            related=related,
        )
