"""Names of fields and models that Django refuses.

## Why is this bad?

In queries, names are joined by two underscores and `pk` stands for the primary key. A field whose name ends
with an underscore, contains two, or is `pk`, could not be asked for; a model's name may neither begin nor end
with an underscore, nor contain two. Django's system checks refuse them (`fields.E001` to `E003`,
`models.E023`, `models.E024`), and with them `runserver`, `migrate` and `test` stop.

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
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    kind = models.CharField(max_length=9, db_column="class_")
    ship_to = models.CharField(max_length=9)
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/models/#field-name-restrictions
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django import DjangoModels
from archlint.frameworks.django.places import declared_at, model_at
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class InvalidFieldName(Rule, frozen=True):
    """Every field and every model is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the names."""
        models = project.view(DjangoModels)
        for model in models.declared():
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


def _problem(name: str) -> str:
    if name.endswith("_"):
        return "ends with an underscore"
    return "contains two underscores" if "__" in name else ""


def _leading(name: str) -> str:
    return "begins with an underscore" if name.startswith("_") else ""
