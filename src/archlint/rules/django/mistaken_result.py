"""Query results that are read as something else.

## Why is this bad?

`values()` returns dicts, `values_list()` tuples or single values, `count()` and `update()` numbers,
`get()` an object. `row.status` on a dict raises `AttributeError`, `row["state"]` on a dict of other
columns `KeyError`, `order["status"]` on an object `TypeError`. Such code is often written for one of them
and left behind when the query changes.

## What to do

Read what the query returns: keys of a dict, positions of a tuple, attributes of an object.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    status = models.CharField(max_length=10)
    total = models.IntegerField()
```

`shop/services.py`:

```python
from django.db.models import Sum

from shop.models import Order


def statuses():
    return [row.status for row in Order.objects.values("status")]  # error: [django/mistaken-result] "dict"


def totals():
    rows = Order.objects.values("status", "total")
    return [row["sum"] for row in rows]  # error: [django/mistaken-result] "no column `sum`"


def pairs():
    rows = Order.objects.values_list("pk", "status", "total")
    return {key: status for key, status in rows}  # error: [django/mistaken-result] "3 columns, not 2"


def first(pk: int):
    return Order.objects.get(pk=pk)["status"]  # error: [django/mistaken-result] "cannot be subscripted"


def revenue():
    return Order.objects.aggregate(Sum("total"))["total"]  # error: [django/mistaken-result] "`total`"


def close(pk: int):
    order = Order.objects.filter(pk=pk).update(status="closed")
    return order.status  # error: [django/mistaken-result] "`update()` returns an int, which has no"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    status = models.CharField(max_length=10)
    total = models.IntegerField()
```

`shop/services.py`:

```python
from django.db.models import Sum

from shop.models import Order


def statuses():
    return [row["status"] for row in Order.objects.values("status")]


def totals():
    rows = Order.objects.values("status").annotate(sum=Sum("total"))
    return [row["sum"] for row in rows]


def pairs():
    return {key: status for key, status in Order.objects.values_list("pk", "status")}


def named():
    return [row.status for row in Order.objects.values_list("pk", "status", named=True)]


def first(pk: int):
    return Order.objects.get(pk=pk).status


def revenue():
    return Order.objects.aggregate(Sum("total"))["total__sum"]


def close(pk: int):
    changed = Order.objects.filter(pk=pk).update(status="closed")
    return changed == 1
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#values
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.refusals.misread import Misread, misread
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MistakenResult(Rule, frozen=True):
    """Every read of a row, a number or an object that a query gave is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at attributes, subscripts, loops and unpacking."""
        told: set[object] = set()
        for one in misread(project):
            if not isinstance(one, Misread):
                yield Outcome.UNKNOWN if one is None else Outcome.KEPT
            elif one.location not in told:
                told.add(one.location)
                yield self.finding(one.location, one.message, one.hint)
