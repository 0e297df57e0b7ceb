"""Foreign keys that do not say what happens when their target is deleted.

## Why is this bad?

`ForeignKey` and `OneToOneField` take `on_delete` as their second argument, and it has no default. Without
it the class body raises `TypeError: ForeignKey.__init__() missing 1 required positional argument:
'on_delete'`, so the application does not start (Django documentation, "Model field reference",
`ForeignKey.on_delete`).

## What to do

Decide what happens to the row when its target goes: `CASCADE` deletes it too, `PROTECT` refuses the
deletion, `SET_NULL` (with `null=True`) keeps it without a target.

## Bad

`hotel/models.py`:

```python
from django.db import models


class Cleaner(models.Model):
    name = models.CharField(max_length=80)


class Task(models.Model):
    cleaner = models.ForeignKey(Cleaner, null=True)  # error: [django/missing-on-delete] "`on_delete`"
```

## Good

`hotel/models.py`:

```python
from django.db import models


class Cleaner(models.Model):
    name = models.CharField(max_length=80)


class Task(models.Model):
    cleaner = models.ForeignKey(Cleaner, on_delete=models.SET_NULL, null=True)
    checked_by = models.ForeignKey(Cleaner, models.PROTECT, related_name="checked")
```

## When not to use it

Field classes with a constructor of their own may set `on_delete` themselves; the rule leaves them alone.

## Source

https://docs.djangoproject.com/en/5.2/ref/models/fields/#django.db.models.ForeignKey.on_delete
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django import DjangoModels
from archlint.frameworks.django.models.arguments import given, is_true
from archlint.frameworks.django.models.field_kinds import FOREIGN_KEY, ONE_TO_ONE
from archlint.frameworks.django.models.handed_on import is_left_out
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.django.version import Version
from archlint.project import Project
from archlint.remedies import argument
from archlint.rule import Outcome, Rule, Verdict


class MissingOnDelete(Rule, frozen=True):
    """Every foreign key and one-to-one field is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what each of them is given."""
        is_asked = not project.view(Version).is_before_two
        for _, _, declaration in project.view(DjangoModels).own():
            if declaration.kind not in (FOREIGN_KEY, ONE_TO_ONE):
                continue
            if not is_asked or given(declaration, "on_delete") is not None:
                yield Outcome.KEPT
            elif not is_left_out(project, declaration, "on_delete", 1):
                yield Outcome.UNKNOWN
            else:
                kind = declaration.kind.rpartition(".")[2]
                yield self.finding(
                    declared_at(project, declaration),
                    f"`{declaration.name}` is a `{kind}` without `on_delete`",
                    "say what happens when the target is deleted: `on_delete=models.CASCADE`, `PROTECT`, "
                    "or `SET_NULL` with `null=True`",
                    remedy=argument(
                        declared_at(project, declaration),
                        "on_delete={0}",
                        f"django.db.models.{'SET_NULL' if is_true(declaration, 'null') else 'CASCADE'}",
                        safe=False,
                    ),
                )
