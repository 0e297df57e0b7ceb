"""Foreign keys whose `on_delete` cannot be carried out.

## Why is this bad?

`SET_NULL` on a column that refuses NULL, and `SET_DEFAULT` on a field without a default, fail when the
target is deleted. Django's system checks refuse them before that (`fields.E320`, `fields.E321`), and with
them `runserver`, `migrate` and `test` stop. What is no function at all, as a text, raises `ValueError` when
the module is imported; the second argument of a foreign key is `on_delete`, and not the related name.

## What to do

Give the field `null=True`, or a default, or choose another `on_delete`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Shelf(models.Model): ...


class Room(models.Model): ...


class Box(models.Model):
    shelf = models.ForeignKey(  # error: [django/impossible-on-delete] "`null=True`"
        Shelf, on_delete=models.SET_NULL
    )
    spare = models.ForeignKey(  # error: [django/impossible-on-delete] "default"
        Shelf, models.SET_DEFAULT, related_name="+"
    )
    room = models.ForeignKey(Room, "boxes")  # error: [django/impossible-on-delete] "a text"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Shelf(models.Model): ...


class Box(models.Model):
    shelf = models.ForeignKey(Shelf, on_delete=models.SET_NULL, null=True)
    spare = models.ForeignKey(Shelf, models.SET_DEFAULT, default=1, related_name="+")
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#related-fields
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Literal
from archlint.finding import Severity
from archlint.frameworks.django import DjangoModels
from archlint.frameworks.django.models.arguments import given, is_true, named
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.models.field_kinds import FOREIGN_KEY, ONE_TO_ONE
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.django.version import Version
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class ImpossibleOnDelete(Rule, frozen=True):
    """Every foreign key with `SET_NULL` or `SET_DEFAULT`, or with what is written out, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare what is asked for with what the column allows."""
        is_asked = not project.view(Version).is_before_two
        for _, _, declaration in project.view(DjangoModels).own():
            if declaration.kind not in (FOREIGN_KEY, ONE_TO_ONE):
                continue
            if is_asked and declaration.is_plain and isinstance(given(declaration, "on_delete"), Literal):
                yield self.finding(
                    declared_at(project, declaration),
                    f"`{declaration.name}` has a text, or another literal, for `on_delete`",
                    "give it a function: `models.CASCADE`, and the related name by its own name",
                )
            else:
                yield from self._of(project, declaration)

    def _of(self, project: Project, declaration: Declaration) -> Iterator[Verdict]:
        action = named(given(declaration, "on_delete"))
        if action == "SET_NULL":
            possible, lacks = is_true(declaration, "null"), "`null=True`"
        elif action == "SET_DEFAULT":
            defaults = {"default", "db_default"} & declaration.options.keys()
            possible, lacks = bool(defaults), "a default"
        else:
            return
        if possible:
            yield Outcome.KEPT
        elif possible is None or not declaration.is_plain:
            yield Outcome.UNKNOWN
        else:
            yield self.finding(
                declared_at(project, declaration),
                f"`{declaration.name}` has `on_delete={action}` but not {lacks}",
                f"give it {lacks}, or choose another `on_delete`",
            )
