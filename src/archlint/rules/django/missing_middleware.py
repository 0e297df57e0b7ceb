"""Uses of sessions, users and messages where no middleware provides them.

## Why is this bad?

`request.session`, `request.user` and the messages are put on a request by middleware. Where `MIDDLEWARE`
leaves it out, reading them raises `AttributeError`, and `messages.success()` raises `MessageFailure`. The
same goes for what only a middleware of the project itself puts there: `request.tenant`.

## What to do

Add what is named to `MIDDLEWARE`: sessions first, then authentication, then messages.

## Bad

`shop/settings.py`:

```python
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.sessions", "django.contrib.messages"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
```

`shop/urls.py`:

```python
from django.urls import path

from shop import views

urlpatterns = [path("keep", views.keep), path("tell", views.tell)]
```

`shop/views.py`:

```python
from django.contrib import messages
from django.http import HttpResponse


def keep(request):
    request.session["seen"] = True  # error: [django/missing-middleware] "`request.session`"
    return HttpResponse("kept")


def tell(request):
    messages.success(request, "told")  # error: [django/missing-middleware] "`messages.success()`"
    return HttpResponse("told")
```

## Good

`shop/settings.py`:

```python
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
```

`shop/urls.py`:

```python
from django.urls import path

from shop import views

urlpatterns = [path("keep", views.keep), path("tell", views.tell)]
```

`shop/views.py`:

```python
from django.contrib import messages
from django.http import HttpResponse


def keep(request):
    request.session["seen"] = True
    return HttpResponse("kept")


def tell(request):
    messages.success(request, "told", fail_silently=True)
    return HttpResponse("told")
```

## When not to use it

Settings with middleware from elsewhere are left alone: it may do the same.

## Source

https://docs.djangoproject.com/en/5.2/topics/http/sessions/#enabling-sessions
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.django.settings.middleware_needs import middleware_needs
from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MissingMiddleware(Rule, frozen=True):
    """Every settings module is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for what code asks of requests, and no middleware gives them."""
        told: set[object] = set()
        for need in middleware_needs(project):
            key = (need.module.path, *place(need.form))
            if key in told:
                continue
            told.add(key)
            yield self.finding(
                spot(project, need.module, need.form),
                f"{need.what} needs `{need.middleware.rpartition('.')[2]}`, which `MIDDLEWARE` leaves out",
                f'add `"{need.middleware}"` to `MIDDLEWARE`',
                related=(Related(project.location(need.settings, 1, 0), "the settings"),),
            )
        yield from (Outcome.KEPT for _ in project.view(Settings).final)
