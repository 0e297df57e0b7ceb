"""Rows that are fetched only to be counted, or to see whether there are any.

## Why is this bad?

`len(orders)` and `if orders:` fetch every row and make an object of each. Where nobody looks at the objects
afterwards, the database could have answered with a number, or with the first row it meets.

## What to do

Ask for what is meant: `orders.count()`, `orders.exists()`. If the rows are used afterwards, leave the code
as it is: they are fetched once, and `count()` would be one more query. The rule knows the difference.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    is_open = models.BooleanField(default=True)
```

`shop/services.py`:

```python
from shop.models import Order


def number():
    return len(Order.objects.filter(is_open=True))  # note: [django/needless-fetch] "only to count them"


def is_busy():
    orders = Order.objects.filter(is_open=True)
    if orders:  # note: [django/needless-fetch] "only to see whether there are any"
        return True
    return False
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    is_open = models.BooleanField(default=True)
```

`shop/services.py`:

```python
from shop.models import Order


def number():
    return Order.objects.filter(is_open=True).count()


def is_busy():
    return Order.objects.filter(is_open=True).exists()


def listed():
    orders = Order.objects.filter(is_open=True)
    if not orders:
        return "nothing"
    return ", ".join(str(order.pk) for order in orders)
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/optimization/#don-t-overuse-contains-count-and-exists
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call
from archlint.finding import Finding, Severity
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.loads.unused_rows import UnusedRows
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction
from archlint.rule import Outcome, Rule, Verdict


class NeedlessFetch(Rule, frozen=True):
    """Every query set that is asked for its length or its truth is a place."""

    severity = Severity.NOTE
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """See whether the rows are used for anything else."""
        told: set[object] = set()
        known: dict[ProjectFunction, UnusedRows] = {}
        places = [one for one in project.view(Execution).all if one.how in ("length", "truth")]
        doubted = {asked.key for asked in places if not all(map(_asks, asked.sets))}
        for asked in places:
            function = asked.trace.function
            if asked.key in told or function is None or is_test(asked.trace.module.path):
                continue
            if function.fact.is_async:
                continue  # it fails there, which is another matter
            if asked.key in doubted:
                yield Outcome.UNKNOWN
                continue
            if function not in known:
                known[function] = UnusedRows(function)
            finding = self._found(project, asked, known[function])
            yield finding or Outcome.KEPT
            if finding is not None:
                told.add(asked.key)

    def _found(self, project: Project, asked: Asked, rows: UnusedRows) -> Finding | None:
        form = asked.form
        where = spot(project, asked.trace.module, form)
        if asked.how == "length":
            if not rows.is_counted_only(form):
                return None
            if not rows.asks_whether_any(form):
                return self.finding(
                    where, "`len()` fetches all these rows only to count them", "use `.count()`"
                )
        else:
            inner = form.arguments[0] if isinstance(form, Call) and _is_bool(form) else form
            if not rows.is_tested_only(inner):
                return None
        message = "this fetches all rows only to see whether there are any"
        return self.finding(where, message, "use `.exists()`")


def _is_bool(form: Call) -> bool:
    return getattr(form.function, "id", "") == "bool" and len(form.arguments) == 1


def _asks(one: QuerySet) -> bool:
    """Whether a query set surely queries the database, and for more than a few rows."""
    if one.is_sliced or one.is_manager or one.is_held:
        return False
    return not (one.is_whole and one.of is not None and one.of.source is None)
