"""Aggregates over several relations to many in one query, which multiply each other.

## Why is this bad?

Each relation to many that a query joins multiplies its rows. With two of them, a customer with three orders
and two notes has six rows: `Count("orders")` and `Count("notes")` both say six. The numbers look plausible,
and nothing fails.

## What to do

Give `distinct=True` to each `Count`. What cannot be counted so, like a `Sum`, goes into a `Subquery` or a
query of its own.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")


class Note(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="notes")
```

`shop/selectors.py`:

```python
from django.db.models import Count

from shop.models import Customer


def numbers():
    return Customer.objects.annotate(  # warning: [django/multiplied-aggregate] "`notes` and `orders`"
        orders_made=Count("orders"), notes_taken=Count("notes")
    )
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")


class Note(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="notes")
```

`shop/selectors.py`:

```python
from django.db.models import Count

from shop.models import Customer


def numbers():
    return Customer.objects.annotate(
        orders_made=Count("orders", distinct=True), notes_taken=Count("notes", distinct=True)
    )
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/aggregation/#combining-multiple-aggregations
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.computed import Computed, computed
from archlint.frameworks.django.query.expressions.multiplying import multiplied
from archlint.frameworks.django.query.expressions.tallies import Tally
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.places.expressions import begin, place
from archlint.project import Project
from archlint.project.flow.trace import Called
from archlint.rule import Outcome, Rule, Verdict


class MultipliedAggregate(Rule, frozen=True):
    """Every `annotate` and `aggregate` of a query with several aggregates is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow what each aggregate ranges over through the relations to many."""
        models = project.view(DjangoModels)
        told: set[object] = set()
        for trace, event in project.view(DataFlow).events(Called):
            sets = query_sets(event.receiver)
            if sets is None or event.name not in ("annotate", "aggregate", "aaggregate"):
                continue
            model = models.model(sets[0].model)
            before, after = _tallies(event, sets[0])
            if len(after) < 2 or not isinstance(model, DjangoModel):
                continue
            found = multiplied(models, model, after)
            key = (trace.module.path, *place(event.form))
            if found is None or multiplied(models, model, before) is not None or key in told:
                yield Outcome.KEPT
                continue
            told.add(key)
            tally, joined = found
            yield self.finding(
                project.location(trace.module, *begin(event.form)),
                _message(tally, sorted(joined)),
                "give `distinct=True` to each `Count`, and put what is summed into a `Subquery`",
            )


def _tallies(event: Called, base: QuerySet) -> tuple[tuple[Tally, ...], tuple[Tally, ...]]:
    """The aggregates of a query before a call, and with those that it adds.

    What `aggregate` gives of a query that has some is computed from the rows that those leave.
    """
    own = computed(event.arguments, is_hidden=False)
    before = base.computed if event.name == "annotate" else ()
    replaced = {one.name for one in own}
    kept = (one for one in before if one.name not in replaced)
    return _of(before), (*_of(kept), *_of(own))


def _of(computations: Iterable[Computed]) -> tuple[Tally, ...]:
    return tuple(chain.from_iterable(one.tallies for one in computations))


def _message(tally: Tally, joined: list[str]) -> str:
    if len(joined) > 1:
        names = " and ".join(f"`{path}`" for path in joined)
        return f"the rows of {names} multiply each other, and the aggregates count every copy"
    return f"the rows of `{joined[0]}` multiply what `{tally.name}` is given, which counts every copy"
