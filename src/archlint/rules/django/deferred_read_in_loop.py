"""Fields that were left out of a query, and are then read for every row.

## Why is this bad?

`only()` and `defer()` make a query cheaper by what nobody reads. Reading a field that was left out queries
the database for that one field of that one row: in a loop over a hundred rows that is a hundred queries
more than without `only()`. It mostly happens to code that was changed later: a new column of a report, a
property of the model, a helper.

## What to do

Name the field in `only()`, or take it out of `defer()`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)
    email = models.EmailField()


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    number = models.IntegerField()
    note = models.TextField()

    def __str__(self):
        return f"{self.number}: {self.note}"  # warning: [django/deferred-read-in-loop] "`note` of each"
```

`shop/services.py`:

```python
from shop.models import Order


def labels():
    return [str(order) for order in Order.objects.only("number")]


def rows():
    found = []
    for order in Order.objects.defer("note"):
        found.append((order.number, order.note))  # warning: [django/deferred-read-in-loop] "`note`"
    return found


def emails():
    orders = Order.objects.select_related("customer").only("number", "customer__name")
    return [order.customer.email for order in orders]  # warning: [django/deferred-read-in-loop] "`email`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)
    email = models.EmailField()


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    number = models.IntegerField()
    note = models.TextField()

    def __str__(self):
        return f"{self.number}: {self.note}"
```

`shop/services.py`:

```python
from shop.models import Order


def labels():
    return [str(order) for order in Order.objects.only("number", "note")]


def rows():
    found = []
    for order in Order.objects.defer("note"):
        found.append((order.pk, order.number, order.customer_id))
    return found


def emails():
    orders = Order.objects.select_related("customer").only("number", "customer__email")
    return [order.customer.email for order in orders]
```

## When not to use it

Where the field is read of very few of the rows, and is large. Say so with a suppression.

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#only
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.finding import Course, Finding, Severity
from archlint.frameworks.call_sites import CallSites
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models import DjangoModel, DjangoModels
from archlint.frameworks.django.query.deferring import is_deferred
from archlint.frameworks.django.query.lazy_reads import LazyReads
from archlint.frameworks.django.query.loops import loop_of, made_at
from archlint.frameworks.django.query.objects import ModelObject
from archlint.frameworks.django.test_code import is_test
from archlint.frameworks.spots import place, spot
from archlint.project import Project
from archlint.project.flow.trace import Read, Trace
from archlint.project.flow.values import only
from archlint.rule import Outcome, Rule, Verdict


@dataclass(frozen=True, slots=True)
class DeferredReadInLoop(Rule):
    """Every read of a row whose query set leaves something out is a place; nobody minds in tests."""

    severity = Severity.WARNING
    since = "0.2"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each whether the field came with its row."""
        models = project.view(DjangoModels)
        told: set[object] = set()
        for trace, event in project.view(DataFlow).events(Read):
            rows = only(event.receiver, ModelObject)
            if not rows or any(one.source is None or one.source.deferring is None for one in rows):
                continue
            model = models.model(rows[0].model)
            if not isinstance(model, DjangoModel) or not all(is_deferred(o, model, event.name) for o in rows):
                yield Outcome.KEPT
                continue
            key = (trace.module.path, *place(event.form))
            finding = self._found(project, trace, event, rows[0]) if key not in told else None
            if finding is not None:
                told.add(key)
            yield finding or Outcome.KEPT

    def _found(self, project: Project, trace: Trace, event: Read, row: ModelObject) -> Finding | None:
        source = row.source
        loop = loop_of(project.view(CallSites), trace, event, row)
        if loop is None or source is None or is_test(loop.trace.module.path):
            return None
        if project.view(LazyReads).may_be_given(trace.function, event.name):
            return None
        name = row.model.rpartition(".")[2]
        path = "__".join((*row.way, event.name))
        is_only = source.deferring is not None and source.deferring.is_only
        return self.finding(
            spot(project, trace.module, event.form),
            f"reading `{event.name}` of each `{name}` sends a query per row, since the first one left it out",
            f'name it: `.only(…, "{path}")`' if is_only else f'take "{path}" out of `defer()`',
            course=Course.TO_HERE,
            related=made_at(project, source, loop),
        )
