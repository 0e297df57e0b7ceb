"""Orders of models that lead back to themselves.

## Why is this bad?

A model that is ordered by a relation is ordered by what orders the model behind it. Where that leads back,
as `ordering = ["parent"]` does for a key to the model itself, Django raises `FieldError` ("Infinite loop
caused by ordering") as soon as somebody goes through its rows.

## What to do

Order by a field of the model behind, `parent__name`, or by its key alone: `parent_id`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Category(models.Model):
    name = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True)

    class Meta:
        ordering = ["parent", "name"]  # error: [django/endless-ordering] "leads back to `Category`"


class Shop(models.Model):
    owner = models.ForeignKey("Owner", on_delete=models.CASCADE)

    class Meta:
        ordering = ["-owner"]  # error: [django/endless-ordering] "leads back to `Shop`"


class Owner(models.Model):
    home = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["home"]  # error: [django/endless-ordering] "leads back to `Owner`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Category(models.Model):
    name = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True)

    class Meta:
        ordering = ["parent_id", "parent__name", "name"]


class Shop(models.Model):
    owner = models.ForeignKey("Owner", on_delete=models.CASCADE)

    class Meta:
        ordering = ["-owner"]


class Owner(models.Model):
    home = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#order-by
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.models.default_orders import DefaultOrders
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.places import model_at, written_at
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class EndlessOrdering(Rule, frozen=True):
    """Every relation that a model is ordered by is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Go from each model to those that order it."""
        models = project.view(DjangoModels)
        orders = DefaultOrders(models)
        told: set[object] = set()
        for model in models.declared():
            option = models.option(model, "ordering")
            if option is None or model.is_abstract or model.is_open:
                continue
            for step in orders.steps(model):
                if not orders.leads_back(step, model):
                    yield Outcome.KEPT
                    continue
                place = written_at(project, option.module, step.written, model_at(project, model))
                if place in told:
                    continue
                told.add(place)
                name = step.path.lstrip("-")
                message = f"the order by `{name}` leads back to `{model.name}` without end"
                hint = f"order by a field of `{step.target.name}`: `{name}__…`, or by its key alone"
                yield self.finding(place, message, hint)
