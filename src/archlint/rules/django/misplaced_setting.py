"""Settings in a place where nobody reads them.

## Why is this bad?

`ATOMIC_REQUESTS = True` beside `DATABASES` does nothing: Django reads it of each database. No request runs
in a transaction then, and what fails half way leaves its first half behind. So it is with `CONN_MAX_AGE`,
and with what REST framework reads from `REST_FRAMEWORK`: `DEFAULT_PERMISSION_CLASSES` beside it, or
misspelled in it, leaves every view open. Neither of the two says a word.

## What to do

Move the setting into the table that it belongs to, under the name that is read.

## Bad

`shop/settings.py`:

```python
INSTALLED_APPS = ["rest_framework"]
ATOMIC_REQUESTS = True  # warning: [django/misplaced-setting] "has no effect here"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "shop.db"}}
REST_FRAMEWORK = {
    "DEFAULT_PERMISSIONS_CLASSES": [  # warning: [django/misplaced-setting] "nobody reads"
        "rest_framework.permissions.IsAuthenticated",
    ],
}
```

## Good

`shop/settings.py`:

```python
INSTALLED_APPS = ["rest_framework"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "shop.db",
        "ATOMIC_REQUESTS": True,
    },
}
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
}
```

## When not to use it

A name that stands anywhere else in the code is left alone: something may read it.

## Source

https://docs.djangoproject.com/en/5.2/ref/settings/#atomic-requests and
https://www.django-rest-framework.org/api-guide/settings/
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django import Settings
from archlint.frameworks.django.settings.misplaced import misplaced_settings
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class MisplacedSetting(Rule, frozen=True):
    """Every settings module is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for what has no effect. What several modules share is told once."""
        told: set[object] = set()
        for settings in project.view(Settings).modules:
            if is_test(settings.module.path):
                yield Outcome.UNKNOWN
                continue
            yield Outcome.KEPT
            for one in misplaced_settings(project, settings):
                if (one.place, one.name) in told:
                    continue
                told.add((one.place, one.name))
                if one.meant:
                    message, hint = f"nobody reads `{one.name}`", f"did you mean `{one.meant}`?"
                else:
                    message, hint = f"`{one.name}` has no effect here", f"move it into {one.belongs}"
                yield self.finding(
                    project.location(one.place.module, one.place.line, one.place.column), message, hint
                )
