"""Models that are not there yet, or not any more, where a migration asks for them.

## Why is this bad?

A function of a migration gets its models from `apps.get_model`, as the migrations before it have made them. A
model that is created later, was renamed or deleted before, or never had this name raises `LookupError`, and
`migrate` stops there: on the next database that is made from nothing, that of the tests among them.

## What to do

Ask for the model by the name that it has at this point, or move the function behind the operation that
creates it.

## Bad

`notes/settings.py`:

```python
INSTALLED_APPS = ["notes"]
```

`notes/__init__.py`:

```python
```

`notes/models.py`:

```python
from django.db import models


class Note(models.Model):
    text = models.TextField(default="")


class Label(models.Model):
    word = models.CharField(max_length=20)
```

`notes/migrations/__init__.py`:

```python
```

`notes/migrations/0001_initial.py`:

```python
from django.db import migrations, models


def begin(apps, schema_editor):
    label = apps.get_model("notes", "Label")  # error: [django/unknown-historical-model] "no model `Label`"
    label.objects.create(word="new")


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[("id", models.AutoField(primary_key=True)), ("text", models.TextField(default=""))],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Label",
            fields=[("id", models.AutoField(primary_key=True)), ("word", models.CharField(max_length=20))],
        ),
    ]
```

## Good

`notes/settings.py`:

```python
INSTALLED_APPS = ["notes"]
```

`notes/__init__.py`:

```python
```

`notes/models.py`:

```python
from django.db import models


class Note(models.Model):
    text = models.TextField(default="")


class Label(models.Model):
    word = models.CharField(max_length=20)
```

`notes/migrations/__init__.py`:

```python
```

`notes/migrations/0001_initial.py`:

```python
from django.db import migrations, models


def begin(apps, schema_editor):
    label = apps.get_model("notes", "Label")
    label.objects.create(word="new")


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[("id", models.AutoField(primary_key=True)), ("text", models.TextField(default=""))],
        ),
        migrations.CreateModel(
            name="Label",
            fields=[("id", models.AutoField(primary_key=True)), ("word", models.CharField(max_length=20))],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
```

## When not to use it

There is no such case. The rule is silent about apps whose migrations it cannot read, and about functions that
several migrations run.

## Source

https://docs.djangoproject.com/en/5.2/topics/migrations/#historical-models
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.historical_apps import HistoricalApps, asked_label
from archlint.frameworks.places.expressions import place, spot
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.flow.trace import Called
from archlint.project.tries import is_tried
from archlint.rule import Outcome, Rule, Verdict


class UnknownHistoricalModel(Rule, frozen=True):
    """Every model that a function of a migration asks for by a known name is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask the state of the app at that point."""
        for trace, call in project.view(DataFlow).events(Called):
            if not isinstance(call.receiver, HistoricalApps) or call.name != "get_model":
                continue
            label = asked_label(call.arguments)
            others = call.receiver.others(label, project) if label else None
            if others is None or not _CAUGHT.isdisjoint(call.context.caught):
                yield Outcome.UNKNOWN
            elif not others or is_tried(trace.module, place(call.form)[0], "LookupError"):
                yield Outcome.KEPT
            else:
                app, _, name = label.partition(".")
                yield self.finding(
                    spot(project, trace.module, call.form),
                    f"`{app}` has no model `{name}` at this point of the migrations",
                    near_or_all(name, others, "run the function after the migration that creates it"),
                )


_CAUGHT = frozenset({"", "LookupError", "builtins.LookupError", "Exception", "builtins.Exception"})
