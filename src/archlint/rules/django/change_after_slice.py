"""Query sets that are filtered, ordered or changed after they were sliced.

## Why is this bad?

A slice is the last step of a query. Django raises `TypeError` for `filter`, `order_by`, `distinct`, `update`,
`delete`, `last` and their like on a query set that was sliced, perhaps in another function.

## What to do

Slice last. To filter the rows of a slice, ask with `pk__in=` of the sliced query set.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    placed = models.DateTimeField()
```

`shop/selectors.py`:

```python
from shop.models import Order


def newest():
    return Order.objects.order_by("-placed")[:10]


def newest_of(year):
    return newest().filter(placed__year=year)  # error: [django/change-after-slice] "`filter()`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    placed = models.DateTimeField()
```

`shop/selectors.py`:

```python
from shop.models import Order


def newest_of(year):
    return Order.objects.filter(placed__year=year).order_by("-placed")[:10]
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/queries/#limiting-querysets
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.unordered import is_unordered
from archlint.frameworks.django.query.expected import is_caught
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.django.refusals.refused import CAUGHT
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.runs_of_tests import RunsOfTests
from archlint.project import Project
from archlint.project.flow.trace import Called
from archlint.rule import Outcome, Rule, Verdict

_ALWAYS = frozenset(
    ["order_by", "reverse", "distinct", "extra", "update", "delete", "last", "latest", "earliest", "in_bulk"]
) | frozenset({"aupdate", "adelete", "alast", "alatest", "aearliest", "ain_bulk"})
_ORDERING = frozenset({"first", "afirst"})
_WITH_CONDITIONS = frozenset({"filter", "exclude", "get", "aget"})


class ChangeAfterSlice(Rule, frozen=True):
    """Every method of a query set that cannot follow a slice is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each whether its query set was sliced before."""
        told: set[object] = set()
        for trace, event in project.view(DataFlow).events(Called):
            sets = query_sets(event.receiver)
            if sets is None or not _changes(event):
                continue
            is_sliced = all(one.is_sliced and one.shape != "totals" for one in sets)
            if event.name in _ORDERING:  # the key is the order where there is no other
                is_sliced = is_sliced and all(is_unordered(project, one) for one in sets)
            key = (trace.module.path, *place(event.form))
            if runs_own(event) or is_caught(event, CAUGHT) or not is_sliced or key in told:
                yield Outcome.KEPT
                continue
            told.add(key)
            if project.view(RunsOfTests).lead_to(trace):
                yield Outcome.UNKNOWN  # what a test passes may never get so far
                continue
            yield self.finding(
                spot(project, trace.module, event.form),
                f"`{event.name}()` after a slice raises TypeError",
                "slice last",
            )


def _changes(event: Called) -> bool:
    if event.name in _WITH_CONDITIONS:
        return bool(event.form.arguments or event.form.keywords)
    return event.name in _ALWAYS or event.name in _ORDERING
