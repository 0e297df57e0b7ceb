"""Models that were changed without a migration.

## Why is this bad?

Migrations make the tables. A field that no migration has added is no column of any database that they have
made: every query of its model fails there, `OperationalError: no such column`, and tests do not show it where
they make their tables from the models. A field that is gone from the model and not from the table is left
behind, and where it may not be null no row can be inserted any more.

## What to do

Run `python manage.py makemigrations`, look at what it writes, and commit it. `makemigrations --check` in CI
tells the same with Django itself, wherever that can be run.

## Bad

`notes/__init__.py`:

```python
```

`notes/settings.py`:

```python
INSTALLED_APPS = ["notes"]
```

`notes/models.py`:

```python
from django.db import models


class Note(models.Model):  # warning: [django/missing-migration] "no migration removes `text`"
    title = models.CharField(max_length=120)  # warning: [django/missing-migration] "is 120 here"
    rank = models.IntegerField(null=True)  # warning: [django/missing-migration] "`null` is True here"
    tags = models.TextField(default="")  # warning: [django/missing-migration] "no migration adds `tags`"


class Label(models.Model):  # warning: [django/missing-migration] "no migration creates `Label`"
    word = models.CharField(max_length=20)
```

`notes/migrations/__init__.py`:

```python
```

`notes/migrations/0001_initial.py`:

```python
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=80)),
                ("rank", models.IntegerField()),
                ("text", models.TextField()),
            ],
        ),
    ]
```

## Good

`notes/__init__.py`:

```python
```

`notes/settings.py`:

```python
INSTALLED_APPS = ["notes"]
```

`notes/models.py`:

```python
from django.db import models


class Note(models.Model):
    title = models.CharField(max_length=80)
    rank = models.IntegerField(null=True, db_index=False)
    tags = models.TextField(default="")


class Label(models.Model):
    word = models.CharField(max_length=20)
```

`notes/migrations/__init__.py`:

```python
```

`notes/migrations/0001_initial.py`:

```python
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=20)),
                ("rank", models.IntegerField()),
                ("text", models.TextField()),
            ],
        ),
    ]
```

`notes/migrations/0002_tags.py`:

```python
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_initial")]
    operations = [
        migrations.RemoveField(model_name="note", name="text"),
        migrations.AddField(model_name="note", name="tags", field=models.TextField(default="")),
        migrations.AlterField("note", "title", models.CharField(max_length=80)),
        migrations.AlterField("note", "rank", models.IntegerField(default=1, null=True), False),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.CreateModel(
            name="Label",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=20)),
            ],
        ),
    ]
```

## When not to use it

The rule compares models, fields and those arguments of fields that are written out on both sides. It is
silent about apps without migrations, those with an operation that it cannot read, and models of which it does
not see all.

## Source

https://docs.djangoproject.com/en/5.2/topics/migrations/
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Edit, Finding, Fix, Location, Related, Severity
from archlint.frameworks.django.migrations.drift import Drift, Drifts
from archlint.frameworks.django.migrations.writing import written
from archlint.frameworks.django.places import declared_at, model_at
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_HINT = "run `python manage.py makemigrations`, and commit what it writes"


class MissingMigration(Rule, frozen=True):
    """Every model of an app with migrations is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the models with what their migrations come to."""
        lacking: dict[str, list[Drift]] = {}
        for drift in Drifts(project):
            if not isinstance(drift, Drift):
                yield Outcome.UNKNOWN
            elif not drift.is_any:
                yield Outcome.KEPT
            else:
                lacking.setdefault(drift.model.app_label, []).append(drift)
        for drifts in lacking.values():
            fix = _fix(project, drifts)
            for drift in drifts:
                yield from self._found(project, drift, fix)

    def _found(self, project: Project, drift: Drift, fix: Fix | None) -> Iterator[Finding]:
        last = drift.history.last
        related = (Related(project.location(last.module, 1, 0), "the last migration of the app"),)
        name, here = drift.model.name, model_at(project, drift.model)
        if drift.state is None:
            yield self.finding(here, f"no migration creates `{name}`", _HINT, related=related, fix=fix)
        for declaration in drift.added:
            message = f"no migration adds `{declaration.name}` to `{name}`"
            yield self.finding(declared_at(project, declaration), message, _HINT, related=related, fix=fix)
        for one in drift.altered:
            message = (
                f"no migration changes `{one.declaration.name}` of `{name}`: "
                f"`{one.argument}` is {one.now} here, and {one.before} in the migrations"
            )
            at = declared_at(project, one.declaration)
            yield self.finding(at, message, _HINT, related=related, fix=fix)
        for field in drift.removed:
            message = f"no migration removes `{field}` of `{name}`"
            yield self.finding(here, message, _HINT, related=related, fix=fix)


def _fix(project: Project, drifts: list[Drift]) -> Fix | None:
    """A new file for all that an app lacks; not safe, since it may throw data away."""
    found = written(project, drifts)
    if found is None:
        return None
    path, text = found
    return Fix((Edit(Location(path, 1, 1, 1, 1), text),), safe=False)
