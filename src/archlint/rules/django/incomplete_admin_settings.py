"""Settings that install the admin without what it needs.

## Why is this bad?

The admin relies on other apps, on middleware and on context processors. Without one of them Django's system
checks refuse the settings (`admin.E401` to `E410`), and with them `runserver`, `migrate` and `test` stop.

## What to do

Add what is named, or take `django.contrib.admin` out.

## Bad

`market/settings.py`:

```python
ROOT_URLCONF = "market.urls"
INSTALLED_APPS = [
    "django.contrib.admin",  # error: [django/incomplete-admin-settings] "context_processors.messages"
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.contrib.auth.context_processors.auth"],
        },
    }
]
```

`market/urls.py`:

```python
urlpatterns = []
```

## Good

`market/urls.py`:

```python
urlpatterns = []
```

`market/settings.py`:

```python
ROOT_URLCONF = "market.urls"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
```

## When not to use it

Settings that only tests use are left alone, and so is every list that cannot be read to its end.

## Source

https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#overview
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django import Settings, SettingsModule
from archlint.frameworks.django.admin.needs import ADMIN, lacking
from archlint.frameworks.django.places import named_at
from archlint.frameworks.orm import Place
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class IncompleteAdminSettings(Rule, frozen=True):
    """Every settings module that installs the admin is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for what the admin needs."""
        named = project.view(Settings).named
        for settings in project.view(Settings).final:
            admin = [text for text in settings.texts("INSTALLED_APPS") if text.value == ADMIN]
            is_site = settings.get("ROOT_URLCONF") is not None or settings.module in named
            if not admin or not is_site:
                continue  # without URLs it is no whole site, but a part that others build upon
            if is_test(settings.module.path) or settings.get("SILENCED_SYSTEM_CHECKS") is not None:
                yield Outcome.UNKNOWN
                continue
            yield from self._needs(project, settings, admin[0].place)

    def _needs(self, project: Project, settings: SettingsModule, place: Place) -> Iterator[Verdict]:
        missing = list(lacking(settings))
        if not missing:
            yield Outcome.KEPT
        for need in missing:
            yield self.finding(
                named_at(project, place, f'"{ADMIN}"'),
                f"the admin needs `{need.name}`, and `{need.setting}` of `{settings.module.name}` "
                "does not have it",
                f"add it to `{need.setting}`",
            )
