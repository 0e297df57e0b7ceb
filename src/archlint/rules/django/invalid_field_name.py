"""Names of fields and models that Django refuses.

## Why is this bad?

In queries, names are joined by two underscores and `pk` stands for the primary key. A field whose name ends
with an underscore, contains two, or is `pk`, could not be asked for; a model's name may neither begin nor end
with an underscore, nor contain two. Django asks the class method `check()` of a model what is wrong with it,
and a field or a method of this name takes its place. Its system checks refuse them (`fields.E001` to `E003`,
`models.E020`, `models.E023`, `models.E024`), and with them `runserver`, `migrate` and `test` stop.

## What to do

Rename it. `db_column` keeps the name in the database.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order_(models.Model):  # error: [django/invalid-field-name] "underscore"
    class_ = models.CharField(max_length=9)  # error: [django/invalid-field-name] "underscore"
    ship__to = models.CharField(max_length=9)  # error: [django/invalid-field-name] "two underscores"
    pk = models.IntegerField()  # error: [django/invalid-field-name] "reserved"


class Payment(models.Model):
    check = models.BooleanField()  # error: [django/invalid-field-name] "`check()`"


class Cheque(models.Model):
    number = models.IntegerField()

    def check(self):  # error: [django/invalid-field-name] "`check()`"
        return self.number > 0
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    kind = models.CharField(max_length=9, db_column="class_")
    ship_to = models.CharField(max_length=9)

    @classmethod
    def check(cls, **options):
        return super().check(**options)
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/models/#field-name-restrictions
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.places import declared_at, model_at
from archlint.frameworks.places.classes import option_at
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_NOT_OF_CLASS = frozenset({(), ("property",), ("cached_property",), ("staticmethod",)})
"""How methods are decorated that a class cannot call as its own."""


class InvalidFieldName(Rule, frozen=True):
    """Every field and every model is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the names."""
        models, values = project.view(DjangoModels), project.view(ClassValues)
        for model in models.declared():
            if (unasked := _unasked(values, model)) is not None:
                yield self.finding(
                    option_at(project, unasked),
                    f"takes the place of `check()`, by which Django asks `{model.name}` what is wrong",
                    "rename it",
                )
            problem = "" if model.is_abstract else _problem(model.name) or _leading(model.name)
            if not problem:
                yield Outcome.KEPT
                continue
            yield self.finding(
                model_at(project, model),
                f"the name of the model `{model.name}` {problem}",
                "rename it; `db_table` keeps the name in the database",
            )
        for _, _, declaration in models.own():
            if not declaration.kind:
                continue
            problem = "is reserved" if declaration.name == "pk" else _problem(declaration.name)
            if declaration.name == "pk" and declaration.kind.endswith("CompositePrimaryKey"):
                problem = ""
            if not problem:
                yield Outcome.KEPT
                continue
            yield self.finding(
                declared_at(project, declaration),
                f"the name of the field `{declaration.name}` {problem}",
                "rename it; `db_column` keeps the name in the database",
            )


def _unasked(values: ClassValues, model: DjangoModel) -> ClassValue | None:
    """What a model has in place of Django's class method `check()`."""
    if model.cls is None or model.is_abstract:
        return None
    held = values.own(model.cls, "check")
    if held is None:
        return None
    if held.function is not None:
        return held if held.function.decorators in _NOT_OF_CLASS else None
    member = model.member("check")
    return held if member is not None and member.owner == model.key else None


def _problem(name: str) -> str:
    if name.endswith("_"):
        return "ends with an underscore"
    return "contains two underscores" if "__" in name else ""


def _leading(name: str) -> str:
    return "begins with an underscore" if name.startswith("_") else ""
