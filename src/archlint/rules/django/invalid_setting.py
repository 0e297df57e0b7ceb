"""Settings whose value Django refuses.

## Why is this bad?

A text where a list is wanted, an origin without its scheme, `en_US` for `en-us`: Django says so in its
system checks or with `ImproperlyConfigured`, and then neither `runserver` nor `migrate` starts. With TLS
and SSL at once, it is the first mail that raises.

## What to do

Write the value as Django takes it.

## Bad

`shop/settings.py`:

```python
SECRET_KEY = "not secret"
INSTALLED_APPS = ["django.contrib.sites", "django.contrib.staticfiles", "orders"]
ALLOWED_HOSTS = "shop.example"  # error: [django/invalid-setting] "has to be a list"
CSRF_TRUSTED_ORIGINS = ["shop.example"]  # error: [django/invalid-setting] "no scheme"
STATIC_URL = "/static"  # error: [django/invalid-setting] "slash"
LANGUAGE_CODE = "en_US"  # error: [django/invalid-setting] "no language tag"
SITE_ID = "1"  # error: [django/invalid-setting] "a number"
AUTH_USER_MODEL = "orders.models.User"  # error: [django/invalid-setting] "label of an app"
DATABASES = {"main": {"ENGINE": "django.db.backends.sqlite3"}}  # error: [django/invalid-setting] "default"
STORAGES = {"default": {"BACKEND": "orders.Store"}}  # error: [django/invalid-setting] "staticfiles"
EMAIL_USE_TLS = True
EMAIL_USE_SSL = True  # error: [django/invalid-setting] "exclude each other"
```

## Good

`shop/settings.py`:

```python
import os

SECRET_KEY = "not secret"
INSTALLED_APPS = ["django.contrib.sites", "django.contrib.staticfiles", "orders"]
ALLOWED_HOSTS = os.environ.get("HOSTS", "shop.example").split(",")
CSRF_TRUSTED_ORIGINS = ["https://shop.example", "https://*.shop.example"]
STATIC_URL = "static/"
MEDIA_URL = ""
LANGUAGE_CODE = "pt-br"
LANGUAGES = [("pt-br", "Português"), ("en", "English")]
SITE_ID = 1
AUTH_USER_MODEL = "orders.User"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}, "more": {}}
STORAGES = {"default": {"BACKEND": "orders.Store"}, "staticfiles": {"BACKEND": "orders.Files"}}
EMAIL_USE_TLS = True
EMAIL_USE_SSL = False
```

## When not to use it

Settings of tests are left alone, and so is what is put together from elsewhere.

## Source

https://docs.djangoproject.com/en/5.2/ref/settings/ and https://docs.djangoproject.com/en/5.2/ref/checks/
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django import Settings
from archlint.frameworks.django.places import named_at
from archlint.frameworks.django.settings.refused import refused_settings
from archlint.frameworks.django.settings.static_folders import collected_into_itself
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.requirements import Requirements
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict

_ITSELF = "`STATICFILES_DIRS` has the folder that is `STATIC_ROOT`, into which it is collected"


class InvalidSetting(Rule, frozen=True):
    """Every settings module that installs apps is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the values that are written out. What several modules share is told once."""
        told: set[object] = set()
        versions = project.view(Requirements).versions("django")
        for settings in project.view(Settings).final:
            if settings.get("INSTALLED_APPS") is None:
                continue  # a part that others build upon, in a way that nobody sees
            if is_test(settings.module.path) or settings.get("SILENCED_SYSTEM_CHECKS") is not None:
                yield Outcome.UNKNOWN
                continue
            yield Outcome.KEPT
            for place, text, message, hint in refused_settings(settings, versions):
                if (place, message) not in told:
                    told.add((place, message))
                    yield self.finding(named_at(project, place, text), message, hint)
            for module, folder in collected_into_itself(settings):
                where = spot(project, module, folder)
                if where not in told:
                    told.add(where)
                    yield self.finding(where, _ITSELF, "collect into a folder of its own")
