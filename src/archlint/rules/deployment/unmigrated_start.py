"""Scripts that start a Django project whose tables nothing creates.

## Why is this bad?

Django does not create tables by itself. A script that starts the server without `migrate` works where
somebody has migrated before, and nowhere else: the first query fails with `no such table`.

## What to do

Migrate before the server starts: `python manage.py migrate --noinput`.

## Bad

`run.sh`:

```sh
python manage.py runserver 0.0.0.0:8080  # warning: [deployment/unmigrated-start] "nothing runs `migrate`"
```

`manage.py`:

```python
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
```

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

## Good

`run.sh`:

```sh
python manage.py migrate --noinput
python manage.py runserver 0.0.0.0:8080
```

`manage.py`:

```python
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
```

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

## When not to use it

Where the database is migrated by something outside the project. A word about `migrate` in any file of the
project, a README too, is enough to say nothing.

## Source

"Migrations" in Django's documentation. Verified with Django.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archlint.finding import Severity
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.scripts.entries import PYTHON, started
from archlint.frameworks.scripts.steps import Step, steps
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_MIGRATING: Final = re.compile(r"\bmigrate\b|\bmigrat(?:e|ion)s? (?:run|up)\b|create_model|run_syncdb")
_TELLING: Final = re.compile(
    r"(?:^|/)(?:README[^/]*|[^/]*Dockerfile[^/]*|Procfile|Makefile|justfile|[^/]+\.(?:sh|md|rst|txt|ya?ml|toml|cfg|ini))$"
)


class UnmigratedStart(Rule, frozen=True):
    """Every start of a server in a script is a place, in a Django project with models of its own."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for `migrate` in all that tells how to run the project."""
        if "django" not in {name.partition(".")[0] for name in project.imported}:
            return
        places = [step for step in steps(project) if _serves(step)]
        places += [entry.step for entry in started(project) if entry.attribute and "wsgi" in entry.module]
        places += [entry.step for entry in started(project) if entry.attribute and "asgi" in entry.module]
        if not places or not _has_models(project):
            return
        is_told = any(
            _MIGRATING.search(project.text(path).text) for path in project.files if _TELLING.search(path)
        )
        is_called = any(module.speaks_of(b"migrate") for module in project.modules)
        for step in places[:1]:
            if is_told or is_called:
                yield Outcome.KEPT
            else:
                message = "the tables are never created: nothing runs `migrate` before the server starts"
                yield self.finding(
                    step.location(), message, "run `python manage.py migrate --noinput` before it"
                )


def _has_models(project: Project) -> bool:
    """Whether the project has tables of its own, besides those of Django."""
    return any(model.cls is not None and not model.is_abstract for model in project.view(DjangoModels))


def _serves(step: Step) -> bool:
    words = step.words
    return words[0] in PYTHON and words[1:2] == ("manage.py",) and words[2:3] == ("runserver",)
