"""Admin lists that load related objects one by one, with a query per row.

## Why is this bad?

`list_display` may name methods. One that reads `order.customer.name` queries the database for the customer of
each row: a page of a hundred rows takes a hundred queries. Django loads foreign keys by itself only where
`list_display` names one, and then only those that may not be null.

## What to do

Name the relation in `list_select_related`; for relations to many, override `get_queryset` and add
`prefetch_related`, or `annotate` what is only counted.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    number = models.IntegerField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

    def __str__(self):
        return f"{self.number} of {self.customer.name}"  # warning: [django/lazy-load-in-admin] "per row"
```

`shop/admin.py`:

```python
from django.contrib import admin

from shop.models import Order


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["__str__", "letters"]

    def letters(self, order):
        return len(order.customer.name)  # warning: [django/lazy-load-in-admin] "the list of `OrderAdmin`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    number = models.IntegerField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

    def __str__(self):
        return f"{self.number} of {self.customer.name}"
```

`shop/admin.py`:

```python
from django.contrib import admin

from shop.models import Order


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["__str__", "letters"]
    list_select_related = ["customer"]

    def letters(self, order):
        return len(order.customer.name)
```

## Source

https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#django.contrib.admin.ModelAdmin.list_select_related
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.loads.admin_reads import AdminLists, ListRead
from archlint.frameworks.django.loads.lazy_reads import LazyReads
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class LazyLoadInAdmin(Rule, frozen=True):
    """Every list of the admin is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow what each column reads of a row."""
        told: set[object] = set()
        for admin, reads in AdminLists(project, project.view(LazyReads)):
            if is_test(admin.cls.module.path):
                continue
            if not reads:
                yield Outcome.KEPT
            for read in reads:
                if read.read.key not in told:
                    told.add(read.read.key)
                    yield self._found(project, read)

    def _found(self, project: Project, one: ListRead) -> Finding:
        admin, read = one.admin.cls, one.read
        return self.finding(
            spot(project, read.trace.module, read.form),
            f"the list of `{admin.fact.name}` reads {read.text} with a query per row",
            _hint(one),
            related=(Related(class_at(project, admin), f"`list_display` shows `{one.column}`"),),
        )


def _hint(one: ListRead) -> str:
    path = "__".join(one.path)
    if one.read.loader is None:
        return one.read.hint
    if one.read.loader[0] == "select_related":
        return f'add "{path}" to `list_select_related` of `{one.admin.cls.fact.name}`'
    return f'override `get_queryset`, and add `.prefetch_related("{path}")` there'
