"""Apps with models and without migrations, in projects that run `migrate`.

## Why is this bad?

`migrate` makes the tables that migrations describe. An app without any gets none, the command succeeds all
the same, and the first query fails: "no such table". It comes about where `makemigrations` was never run for
an app, or where what it wrote was not committed.

## What to do

Run `python manage.py makemigrations APP` and commit the folder. For tables without migrations there is
`migrate --run-syncdb`.

## Bad

`notes/__init__.py`:

```python
```

`notes/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.contenttypes", "notes"]
```

`notes/models.py`:

```python
from django.db import models


class Note(models.Model):  # error: [django/unmigrated-app] "`notes` has no migrations"
    title = models.CharField(max_length=80)


class Label(models.Model):
    word = models.CharField(max_length=20)
```

`run.sh`:

```sh
python manage.py migrate --noinput
exec python manage.py runserver 0.0.0.0:8080
```

## Good

`notes/__init__.py`:

```python
```

`notes/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.contenttypes", "notes"]
```

`notes/models.py`:

```python
from django.db import models


class Note(models.Model):
    title = models.CharField(max_length=80)
```

`notes/migrations/__init__.py`:

```python
```

`notes/migrations/0001_initial.py`:

```python
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=80)),
            ],
        ),
    ]
```

`run.sh`:

```sh
python manage.py migrate --noinput
exec python manage.py runserver 0.0.0.0:8080
```

## When not to use it

The rule is silent where no script runs `migrate`, where something runs `makemigrations` or `--run-syncdb`,
and where a `.gitignore` names migrations.

## Source

https://docs.djangoproject.com/en/5.2/topics/migrations/
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.migrations.unmigrated import unmigrated
from archlint.frameworks.django.places import model_at
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnmigratedApp(Rule, frozen=True):
    """Every installed app of the project that has models is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Show the first model of each app whose tables nothing makes."""
        for label, model in unmigrated(project):
            if model is None:
                yield Outcome.KEPT
                continue
            yield self.finding(
                model_at(project, model),
                f"`{label}` has no migrations, so that `migrate` makes no table for `{model.name}`",
                f"run `python manage.py makemigrations {label}`, and commit what it writes",
            )
