"""Values in conditions that Django refuses.

## Why is this bad?

`filter(total__gt=None)` and `filter(placed__isnull="yes")` raise `ValueError`; so does a query set where one
value is wanted (`customer=` instead of `customer__in=`), one that gives several columns, or one of another
model. What a field cannot hold is refused, too: a text for a number or a date, an object where its key is
wanted (`pk=order`), a list without `__in`, and what JSON cannot say in a `JSONField` without an `encoder`.

## What to do

Ask for missing values with `isnull`. Compare with the rows of a query set by `in`, and let it give one
column.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    number = models.IntegerField(null=True)
```

`shop/services.py`:

```python
from shop.models import Customer, Order


def without_number():
    return list(Order.objects.exclude(number__gt=None))  # error: [django/refused-value] "None"


def numbered():
    return list(Order.objects.filter(number__isnull=0))  # error: [django/refused-value] "True or False"


def of_people():
    people = Customer.objects.filter(name__startswith="a")
    return list(Order.objects.filter(customer=people))  # error: [django/refused-value] "many rows"


def of_named():
    named = Customer.objects.values("pk", "name")
    return list(Order.objects.filter(customer__in=named))  # error: [django/refused-value] "2 columns"


def one():
    buyers = Order.objects.values("customer")
    return Customer.objects.get(pk=buyers)  # error: [django/refused-value] "many rows"


def open_ones():
    return list(Order.objects.filter(number="open"))  # error: [django/refused-value] "takes no"


def again():
    order = Order.objects.first()
    return list(Order.objects.filter(pk=order))  # error: [django/refused-value] "not an object"


def of_orders():
    orders = Order.objects.filter(number=1)
    return list(Order.objects.filter(customer__in=orders))  # error: [django/refused-value] "of `Order`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    number = models.IntegerField(null=True)
```

`shop/services.py`:

```python
from shop.models import Customer, Order


def without_number():
    return list(Order.objects.filter(number__isnull=True)), list(Order.objects.filter(number=None))


def of_people():
    people = Customer.objects.filter(name__startswith="a")
    return list(Order.objects.filter(customer__in=people))


def of_named():
    return list(Order.objects.filter(customer__in=Customer.objects.values("pk")))


def one():
    return Customer.objects.get(pk=Order.objects.values("customer")[:1])


def first_ones():
    return list(Order.objects.filter(number="1", pk__in=["1", 2]))
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#field-lookups
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.refusals.values import refused_values
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RefusedValue(Rule, frozen=True):
    """Every condition is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what each is compared with."""
        told: set[object] = set()
        for one in refused_values(project):
            if one is None or one.location in told:
                yield Outcome.KEPT
                continue
            told.add(one.location)
            yield self.finding(one.location, one.message, one.hint)
