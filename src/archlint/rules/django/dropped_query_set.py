"""Query sets that are built and thrown away.

## Why is this bad?

The methods of a query set do not change it: they return a new one. A line such as
`orders.filter(paid=True)` does nothing at all, and what was to be left out stays in.

## What to do

Use the result: `orders = orders.filter(paid=True)`. To delete or change rows, call `delete()` or `update()`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    paid = models.BooleanField()
```

`shop/selectors.py`:

```python
from shop.models import Order


def orders(only_paid: bool):
    found = Order.objects.order_by("pk")
    if only_paid:
        found.filter(paid=True)  # warning: [django/dropped-query-set] "result of `filter()`"
    return found
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    paid = models.BooleanField()
```

`shop/selectors.py`:

```python
from shop.models import Order


def orders(only_paid: bool):
    found = Order.objects.order_by("pk")
    if only_paid:
        found = found.filter(paid=True)
    return found


def forget():
    Order.objects.filter(paid=False).delete()
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/queries/#filtered-querysets-are-unique
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.methods import NEW_SETS
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Dropped
from archlint.rule import Outcome, Rule, Verdict


class DroppedQuerySet(Rule, frozen=True):
    """Every step of a query set is a place; tests look at whether it can be built."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for those that are a statement by themselves."""
        data_flow = project.view(DataFlow)
        dropped = {(trace.module.path, *place(event.form)) for trace, event in data_flow.events(Dropped)}
        for trace, event in data_flow.events(Called):
            sets = query_sets(event.result)
            if sets is None or event.name not in NEW_SETS or any(one.is_manager for one in sets):
                continue
            key = (trace.module.path, *place(event.form))
            if key not in dropped or event.context.caught or is_test(trace.module.path):
                yield Outcome.KEPT
                continue
            dropped.remove(key)
            yield self.finding(
                spot(project, trace.module, event.form),
                f"the result of `{event.name}()` is not used, and the query set stays unchanged",
                "use the query set that it returns",
            )
