"""Related objects that are loaded one by one, with a query per row.

## Why is this bad?

Reading a relation that did not come with its row queries the database. In a loop over a hundred rows that
is a hundred and one queries where one or two would do, and nobody notices before the table has grown.
It does not matter whether the read stands in the loop itself, in a helper or in a property of the model.

## What to do

Load the relation with the rows: `select_related` for relations to one object, `prefetch_related` for
relations to many. What counts many per row is asked with `annotate`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    text = models.CharField(max_length=100)
```

`shop/views.py`:

```python
from shop.models import Order


def names():
    orders = Order.objects.order_by("pk")
    return [order.customer.name for order in orders]  # warning: [django/lazy-load-in-loop] "`order.customer`"


def texts():
    found = []
    for order in Order.objects.order_by("pk"):
        for line in order.lines.all():  # warning: [django/lazy-load-in-loop] "`order.lines`"
            found.append(line.text)
    return found
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    text = models.CharField(max_length=100)
```

`shop/views.py`:

```python
from shop.models import Order


def names():
    orders = Order.objects.order_by("pk").select_related("customer")
    return [order.customer.name for order in orders]


def texts():
    found = []
    for order in Order.objects.order_by("pk").prefetch_related("lines"):
        for line in order.lines.all():
            found.append(line.text)
    return found
```

## When not to use it

Where there are never more than a few rows. Say so with a suppression.

## Source

https://docs.djangoproject.com/en/5.2/topics/db/optimization/#retrieve-everything-at-once-if-you-know-you-will-need-it
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from archlint.finding import Course, Finding, Severity
from archlint.frameworks.call_sites import CallSites
from archlint.frameworks.django.loads.execution import Execution
from archlint.frameworks.django.loads.lazy_reads import LazyRead, LazyReads
from archlint.frameworks.django.loads.loops import loop_of, made_at, made_in, writes_in
from archlint.frameworks.django.loads.makings import Makings
from archlint.frameworks.django.query.sets.loading import may_load_more
from archlint.frameworks.places.expressions import end_of, spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.remedies import chained
from archlint.rule import Outcome, Rule, Verdict


class LazyLoadInLoop(Rule, frozen=True):
    """Every read of a relation of one row of many is a place; in code for tests nobody minds."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the loop that each row comes from."""
        told: set[object] = set()
        reads = project.view(LazyReads)
        asking = defaultdict(set)
        for read in reads.all:
            asking[read.place].add(read.key)
        for read in reads.all:
            path = read.trace.module.path
            if is_test(path) or read.is_loaded is None:
                yield Outcome.UNKNOWN
                continue
            finding = None
            if not read.is_loaded and read.place in told:
                told.add(read.key)  # what is read there again of other rows needs no second place
            if not read.is_loaded and read.key not in told:
                finding = self._found(project, reads, read, is_alone=len(asking[read.place]) == 1)
            if finding is None:
                yield Outcome.KEPT
                continue
            told |= {read.key, read.place}
            yield finding

    def _found(self, project: Project, reads: LazyReads, read: LazyRead, *, is_alone: bool) -> Finding | None:
        """`is_alone` tells whether rows of one kind come there, so that one query loads for all of them."""
        loop = loop_of(project.view(CallSites), read.trace, read.event, read.row)
        source = read.row.source
        if loop is None or source is None or is_test(loop.trace.module.path):
            return None
        if reads.may_be_given(loop.trace.function, read.relation.name):
            return None
        if writes_in(project.view(Execution), loop):
            return None  # it queries the database for each row anyway
        made = made_in(read.root or source, loop.trace)
        remedy = None
        is_single = made is not None and project.view(Makings).is_single(*made)
        if made is not None and is_alone and is_single and read.loader and may_load_more(read.root or source):
            method, path = read.loader
            remedy = chained(end_of(project, *made), method, f'"{path}"')
        return self.finding(
            spot(project, read.trace.module, read.form),
            f"{read.text} queries the database for each row of `{source.model.rpartition('.')[2]}`",
            read.hint,
            course=Course.TO_HERE,
            related=made_at(project, read.root or source, loop) or made_at(project, source, loop),
            remedy=remedy,
        )
