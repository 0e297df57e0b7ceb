"""Settings that code reads and nothing sets.

## Why is this bad?

`settings.PAGE_SIZE` raises `AttributeError` when the line runs, if neither the settings of the project nor
those of Django have a `PAGE_SIZE`. It is easily forgotten where a setting is renamed, or is there in one
environment only.

## What to do

Set it in the settings, or read it with a default: `getattr(settings, "PAGE_SIZE", 20)`.

## Bad

`config/settings.py`:

```python
INSTALLED_APPS = ["shop"]
SECRET_KEY = "not secret"
ORDERS_PER_PAGE = 20
```

`shop/services.py`:

```python
from django.conf import settings


def page_size():
    return settings.ORDERS_PAGE_SIZE  # warning: [django/unknown-setting] "no setting `ORDERS_PAGE_SIZE`"
```

## Good

`config/settings.py`:

```python
INSTALLED_APPS = ["shop"]
SECRET_KEY = "not secret"
ORDERS_PER_PAGE = 20
```

`shop/services.py`:

```python
from django.conf import settings


def page_size():
    return settings.ORDERS_PER_PAGE if settings.USE_TZ else getattr(settings, "ORDERS_MORE", 40)
```

## When not to use it

Where a deployment brings settings of its own, which the repository does not have. That nobody can see, and so
this is a warning. Of projects that put their settings together with `django-appconf`, `dynaconf` or
`django-split-settings` nothing is said.

## Source

https://docs.djangoproject.com/en/5.2/topics/settings/#using-settings-in-python-code
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.django.settings.reads import DEFAULTS, settings_reads
from archlint.frameworks.places.expressions import spot
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.tries import is_tried
from archlint.rule import Outcome, Rule, Verdict

_TRIALS = ("example", "sample", "demo", "sandbox", "docs")
"""Folders with settings that only show how a package is used."""

_ADDING = frozenset({"appconf", "dynaconf", "split_settings"})
"""Packages that put together settings from elsewhere."""


class UnknownSetting(Rule, frozen=True):
    """Every place that reads a setting by its name is one."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up each name in all settings."""
        if not _sees_all(project):
            yield Outcome.UNKNOWN
            return
        known = {name for one in project.view(Settings).modules for name in one.names.values}
        found = settings_reads(project)
        for read in found.reads:
            if read.name in known or read.name in DEFAULTS:
                yield Outcome.KEPT
                continue
            if read.name in found.doubted or is_tried(read.module, read.form.line, "AttributeError"):
                yield Outcome.UNKNOWN
                continue
            hint = did_you_mean(read.name, known, f'set it, or write `getattr(settings, "{read.name}", …)`')
            place = spot(project, read.module, read.form)
            yield self.finding(place, f"there is no setting `{read.name}`", hint)


def _sees_all(project: Project) -> bool:
    """Whether the settings are there, and nothing can add to them."""
    settings = project.view(Settings)
    real = [one for one in settings.final if not is_test(one.module.path)]
    real = [one for one in real if not any(word in one.module.path.lower() for word in _TRIALS)]
    if not any(one.get("INSTALLED_APPS") is not None for one in real):
        return False
    if any(one.names.is_open for one in settings.modules):
        return False
    if any(module.facts.fault is not None and "settings" in module.path for module in project.modules):
        return False  # what a file sets that cannot be read, nobody sees
    return _ADDING.isdisjoint(project.imported)
