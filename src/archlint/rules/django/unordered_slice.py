"""The first rows of a query set that has no order.

## Why is this bad?

Without an order the database gives rows as it likes. "The first ten" are then any ten: others after an
update, others on another server, and nobody sees it in tests with a few rows.

## What to do

Say which rows are meant: `order_by("-placed", "pk")[:10]`; or give the model an `ordering`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
    placed = models.DateTimeField(null=True)
```

`shop/services.py`:

```python
from shop.models import Order


def newest():
    orders = Order.objects.filter(placed__isnull=False)[:10]  # note: [django/unordered-slice] "any of them"
    return [order.number for order in orders]
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
    placed = models.DateTimeField(null=True)
```

`shop/services.py`:

```python
from shop.models import Order


def newest():
    orders = Order.objects.filter(placed__isnull=False).order_by("-placed", "pk")[:10]
    return [order.number for order in orders]


def clear():
    for order in Order.objects.filter(placed=None)[:100]:
        order.delete()
```

## When not to use it

Where any rows do: samples, batches. A loop that writes, or that goes on until nothing is left, is taken for
one.

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#order-by
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Expression, Literal, Slice, Subscript
from archlint.facts.statements import While
from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.shown import ShownSets
from archlint.frameworks.django.loads.unordered import is_unordered
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.places.models import defined_at
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Context, Subscripted
from archlint.project.flow.values import SLICE
from archlint.rule import Outcome, Rule, Verdict


class UnorderedSlice(Rule, frozen=True):
    """Every slice from the first row on is a place."""

    severity = Severity.NOTE
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each whether its rows have an order, and whether they are looked at one after the other."""
        told: set[object] = set()
        for trace, event in project.view(DataFlow).events(Subscripted):
            path = trace.module.path
            sets = query_sets(event.receiver) if event.index == SLICE and _takes_first(event.form) else None
            if sets is None or is_test(path) or "migrations/" in path or "management/" in path:
                continue
            key = (path, *place(event.form))
            is_one = all(is_unordered(project, one) and not one.is_held for one in sets)
            if not is_one or _is_batch(event.context) or key in told or not _are_shown(project, event):
                yield Outcome.KEPT
                continue
            told.add(key)
            name = sets[0].model.rpartition(".")[2]
            yield self.finding(
                spot(project, trace.module, event.form),
                f"these rows of `{name}` have no order: the first ones are any of them",
                'say which are meant: `.order_by(…, "pk")` before the slice',
                related=defined_at(project, project.view(DjangoModels).model(sets[0].model)),
            )


def _takes_first(form: Expression) -> bool:
    """`[:10]`, but not `[:1]`, which asks for any row or whether there is one."""
    index = form.index if isinstance(form, Subscript) else None
    if not isinstance(index, Slice) or index.upper is None:
        return False
    if index.lower is not None and not (isinstance(index.lower, Literal) and index.lower.value == 0):
        return False
    return not (isinstance(index.upper, Literal) and index.upper.value == 1)


def _is_batch(context: Context) -> bool:
    return any(isinstance(loop.form, While) for loop in context.loops)


def _are_shown(project: Project, event: Subscripted) -> bool:
    sets = query_sets(event.result) or ()
    shown = project.view(ShownSets).all
    return bool(sets) and all(one in shown for one in sets)
