"""Expressions whose type Django cannot determine.

## Why is this bad?

A computed value has the type of a field. Where numbers, texts and dates are mixed, Django does not guess it:
`Coalesce(Sum("price"), 0)` of a decimal and an integer, or `F("first") + F("last")` of two texts, raises
`FieldError: … You must set output_field` when the query runs.

## What to do

Give values of the same type (`Decimal(0)`, `Value("", output_field=TextField())`), join texts with `Concat`,
or say what comes out of it: `output_field=DecimalField()`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    first = models.CharField(max_length=100)
    last = models.CharField(max_length=100)
    note = models.TextField()


class Order(models.Model):
    price = models.DecimalField(max_digits=9, decimal_places=2)
    weight = models.FloatField()
```

`shop/services.py`:

```python
from django.db.models import Case, F, Sum, Value, When
from django.db.models.functions import Coalesce, Concat

from shop.models import Customer, Order


def total():
    return Order.objects.aggregate(sum=Coalesce(Sum("price"), 0))  # error: [django/mixed-types] "types"


def named():
    return Customer.objects.annotate(name=F("first") + F("last"))  # error: [django/mixed-types] "`+`"


def described():
    return Customer.objects.annotate(text=Concat("first", "note"))  # error: [django/mixed-types] "types"


def per_weight():
    return Order.objects.annotate(rate=F("price") / F("weight"))  # error: [django/mixed-types] "`FloatField`"


def discounted():
    cases = Case(When(weight__gt=3, then=F("price")), default=0)
    return Order.objects.annotate(least=cases)  # error: [django/mixed-types] "types"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    first = models.CharField(max_length=100)
    last = models.CharField(max_length=100)
    note = models.TextField()


class Order(models.Model):
    price = models.DecimalField(max_digits=9, decimal_places=2)
    weight = models.FloatField()
```

`shop/services.py`:

```python
from decimal import Decimal

from django.db.models import Count, DecimalField, ExpressionWrapper, F, Sum, TextField, Value
from django.db.models.functions import Coalesce, Concat

from shop.models import Customer, Order


def total():
    return Order.objects.aggregate(sum=Coalesce(Sum("price"), Decimal(0)), n=Coalesce(Count("pk"), 0))


def doubled():
    return Order.objects.annotate(double=F("price") * 2, half=F("weight") / 2)


def named():
    return Customer.objects.annotate(name=Concat("first", Value(" "), "last"))


def described():
    return Customer.objects.annotate(text=Concat("first", "note", output_field=TextField()))


def per_weight():
    rate = ExpressionWrapper(F("price") / F("weight"), output_field=DecimalField())
    return Order.objects.annotate(rate=rate)
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/queries/#using-f-expressions-with-annotations and
`_connector_combinations` in Django's `db/models/expressions.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.query.expressions.mixed import Mixed
from archlint.frameworks.django.query.expressions.typed import typed
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MixedTypes(Rule, frozen=True):
    """Every expression that a query computes is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Work out the type of each, as Django would."""
        told: set[object] = set()
        for one in typed(project):
            if one.mixed is None:
                yield Outcome.KEPT if one.type else Outcome.UNKNOWN
            elif one.location not in told:
                told.add(one.location)
                hint = _hint(one.mixed)
                yield self.finding(one.location, _message(one.mixed), hint)


def _message(mixed: Mixed) -> str:
    both = f"`{mixed.first}` and `{mixed.second}`"
    if mixed.operator:
        return f"Django cannot tell what `{mixed.operator}` makes of {both}"
    return f"{both} have different types"


def _hint(mixed: Mixed) -> str:
    if mixed.operator == "+" and {mixed.first, mixed.second} <= {"CharField", "TextField"}:
        return "join them with `Concat`, or set `output_field`"
    return "give values of one type, or set `output_field`"
