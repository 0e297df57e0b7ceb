"""Expressions in queries where Django refuses them.

## Why is this bad?

`update()` writes one table, and so does `save()`: `F("customer__name")` in it, or an aggregate, raises
`FieldError`. So does an aggregate of an aggregate, an aggregate in `order_by()` that is not annotated, and
giving out what `alias()` made. A new row has no fields yet that `F()` in `create()`, in an object without a
key or in the `defaults` of `update_or_create()` could refer to (`ValueError`). And `get(1)` or
`filter({"status": "open"})` give conditions without a name.

## What to do

Ask for what stands in another table in a `Subquery` with `OuterRef`. Annotate with an aggregate first, then
order by its name, or call `aggregate()` for one over it. Write conditions with their names: `get(pk=1)`,
`filter(**conditions)`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    label = models.CharField(max_length=100)
    total = models.IntegerField()
```

`shop/services.py`:

```python
from django.db.models import Avg, Count, F, Sum

from shop.models import Customer, Order


def label():
    Order.objects.update(label=F("customer__name"))  # error: [django/misplaced-expression] "another table"


def busiest():
    return Customer.objects.order_by(Count("orders"))  # error: [django/misplaced-expression] "only by"


def mean():
    busy = Customer.objects.annotate(n=Count("orders"))
    return busy.annotate(mean=Avg("n"))  # error: [django/misplaced-expression] "which is one itself"


def copy():
    row = {"customer_id": 1}
    Order.objects.create(**row, total=F("total") + 1)  # error: [django/misplaced-expression] "not exist yet"


def sums():
    summed = Customer.objects.alias(sum=Sum("orders__total"))
    return summed.values("sum")  # error: [django/misplaced-expression] "`alias()`"


def one():
    return Order.objects.get(1)  # error: [django/misplaced-expression] "by their names"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    label = models.CharField(max_length=100)
    total = models.IntegerField()
```

`shop/services.py`:

```python
from django.db.models import Avg, Count, F, OuterRef, Subquery, Sum

from shop.models import Customer, Order


def label():
    names = Customer.objects.filter(pk=OuterRef("customer_id")).values("name")
    Order.objects.update(label=Subquery(names), total=F("total") + F("customer__id"))


def busiest():
    return Customer.objects.annotate(n=Count("orders")).order_by("-n")


def mean():
    return Customer.objects.annotate(n=Count("orders")).aggregate(mean=Avg("n"))


def sums():
    return Customer.objects.annotate(sum=Sum("orders__total")).values("sum")


def one():
    return Order.objects.get(pk=1)
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#update,
https://docs.djangoproject.com/en/5.2/topics/db/aggregation/ and the messages of `FieldError` in Django's
`db/models/sql/query.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from archlint.finding import Severity
from archlint.frameworks.django.refusals.misplaced import misplaced
from archlint.frameworks.django.refusals.saved_expressions import saved_expressions
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MisplacedExpression(Rule, frozen=True):
    """Every expression that a query is given is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at updates, new rows, annotations, totals, orders and conditions."""
        told: set[object] = set()
        for one in chain(misplaced(project), saved_expressions(project)):
            if one is None:
                yield Outcome.KEPT
            elif one.location not in told:
                told.add(one.location)
                yield self.finding(one.location, one.message, one.hint)
