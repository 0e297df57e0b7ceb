"""Arguments that Django refuses.

## Why is this bad?

Django looks at many arguments only when the call is made: an index below zero, options that exclude each
other, a list of fields that is empty, an expression without a name, a function of the database that is given
too much or too little. It raises `ValueError` or `TypeError` then, in the middle of a request. So does
`order.save(commit=False)`: that option is one of forms.

## What to do

What the hint says: each of these has another way to be written.

## Bad

`shop/models.py`:

```python
from django.db import models


class Item(models.Model):
    code = models.CharField(max_length=10)


class Book(Item):
    pages = models.IntegerField()


class Order(models.Model):
    status = models.CharField(max_length=10)
    placed = models.DateField(null=True)
    total = models.IntegerField(default=0)
```

`shop/services.py`:

```python
from django.db.models import Count, F, Prefetch, Q, Sum
from django.db.models.functions import Upper

from shop.models import Book, Item, Order


def newest():
    return Order.objects.order_by("placed")[-1]  # error: [django/refused-argument] "below zero"


def last_five():
    return Order.objects.order_by("placed")[-5:]  # error: [django/refused-argument] "below zero"


def latest():
    return Order.objects.latest()  # error: [django/refused-argument] "`get_latest_by`"


def months():
    return Order.objects.dates("placed", "months")  # error: [django/refused-argument] "`months`"


def by_status():
    return Order.objects.in_bulk(["new"], field_name="status")  # error: [django/refused-argument] "unique"


def store():
    books = [Book(code="a", pages=1), Book(code="b", pages=2)]
    return Book.objects.bulk_create(books)  # error: [django/refused-argument] "`Book`"


def touch():
    orders = list(Order.objects.all())
    return Order.objects.bulk_update(orders, [])  # error: [django/refused-argument] "names of fields"


def upsert():
    new = [Order(pk=1, status="new")]
    return Order.objects.bulk_create(new, update_conflicts=True)  # error: [django/refused-argument] "needs"


def new():
    counted = Count("*", filter=Q(status="new"))  # error: [django/refused-argument] "`filter`"
    return Order.objects.aggregate(new=counted)


def doubled():
    return Order.objects.aggregate(Sum(F("total") * 2))  # error: [django/refused-argument] "needs a name"


def codes():
    return Prefetch("items", Item.objects.values("code"))  # error: [django/refused-argument] "needs objects"


def fill():
    order = Order(status="new")
    order.save(commit=False)  # error: [django/refused-argument] "no `commit`"


def upper():
    return Order.objects.annotate(code=Upper("status", "pk"))  # error: [django/refused-argument] "not 2"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Item(models.Model):
    code = models.CharField(max_length=10)


class Book(Item):
    pages = models.IntegerField()


class Order(models.Model):
    status = models.CharField(max_length=10)
    placed = models.DateField(null=True)
    total = models.IntegerField(default=0)
```

`shop/services.py`:

```python
from django.db.models import Count, F, Prefetch, Q, Sum

from shop.models import Book, Item, Order


def newest():
    return Order.objects.order_by("-placed").first()


def last_five():
    return reversed(Order.objects.order_by("-placed")[:5])


def latest():
    return Order.objects.latest("placed")


def months():
    return Order.objects.dates("placed", "month", order="DESC")


def by_key():
    return Order.objects.in_bulk([1], field_name="id")


def store():
    for book in [Book(code="a", pages=1), Book(code="b", pages=2)]:
        book.save()
    return Item.objects.bulk_create([Item(code="c")], batch_size=100)


def touch():
    orders = list(Order.objects.all())
    return Order.objects.bulk_update(orders, ["status"])


def upsert():
    orders = [Order(pk=1, status="new")]
    return Order.objects.bulk_create(
        orders, update_conflicts=True, update_fields=["status"], unique_fields=["id"]
    )


def new():
    return Order.objects.aggregate(new=Count("pk", filter=Q(status="new")))


def doubled():
    return Order.objects.aggregate(Sum("total"), doubled=Sum(F("total") * 2))


def codes():
    return Prefetch("items", Item.objects.only("code"))
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from archlint.finding import Severity
from archlint.frameworks.django.loads.prefetches import refused_prefetches
from archlint.frameworks.django.refusals.calls import refused_arguments
from archlint.frameworks.django.refusals.date_parts import missing_parts
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RefusedArgument(Rule, frozen=True):
    """Every call with such arguments is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each what Django says of it."""
        told: set[object] = set()
        for one in chain(refused_arguments(project), missing_parts(project), refused_prefetches(project)):
            if one is None or one.location in told:
                yield Outcome.KEPT
                continue
            told.add(one.location)
            yield self.finding(one.location, one.message, one.hint)
