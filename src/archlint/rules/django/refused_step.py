"""Query set methods that Django refuses after certain others.

## Why is this bad?

Not every method of a query set can follow every other. After `union()` only a few are left, and Django raises
`NotSupportedError` for the rest; after `values()` there are no objects that could be deleted or deferred,
which raises `TypeError`. Often the first step is in a manager or a selector, and the second in a view, so
that neither looks wrong.

## What to do

Do what filters, joins and deletes before `union()` and `values()`. Pass `chunk_size` to an `iterator()` that
prefetches (from Django 5 on it has to be there).

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    number = models.IntegerField()
    total = models.IntegerField()
```

`shop/selectors.py`:

```python
from shop.models import Customer, Order


def notable():
    return Order.objects.filter(number=1).union(Order.objects.filter(total__gt=100))


def notable_of(customer_id=1):
    return notable().filter(customer_id=customer_id)  # error: [django/refused-step] "`union()`"


def drop():
    Order.objects.values("pk").delete()  # error: [django/refused-step] "`delete()` needs objects, and"


def everybody():
    customers = Customer.objects.prefetch_related("orders")
    return list(customers.iterator())  # error: [django/refused-step] "`chunk_size`"


def mixed():
    return Order.objects.all() | Customer.objects.all()  # error: [django/refused-step] "two models"


def numbers():
    orders = Order.objects.select_related("customer").only("number")
    return [order.number for order in orders]  # error: [django/refused-step] "`customer` is loaded by"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    number = models.IntegerField()
    total = models.IntegerField()
```

`shop/selectors.py`:

```python
from shop.models import Customer, Order


def notable_of(customer_id=1):
    orders = Order.objects.filter(customer_id=customer_id)
    return orders.filter(number=1).union(orders.filter(total__gt=100)).order_by("pk")


def drop():
    Order.objects.all().delete()


def everybody():
    customers = Customer.objects.prefetch_related("orders")
    return [customer.name for customer in customers.iterator(chunk_size=500)]


def merged():
    return Order.objects.filter(number=1) | Order.objects.filter(total__gt=100)


def numbers():
    orders = Order.objects.select_related("customer").only("number", "customer__name")
    return [order.number for order in orders]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#union
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.refusals.steps import refused_steps
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RefusedStep(Rule, frozen=True):
    """Every step that cannot follow all others is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each what was done before."""
        told: set[object] = set()
        for one in refused_steps(project):
            if one is None or one.location in told:
                yield Outcome.KEPT
                continue
            told.add(one.location)
            yield self.finding(one.location, one.message, one.hint)
