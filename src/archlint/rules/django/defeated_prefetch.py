"""Prefetched rows that go unused because they are filtered again.

## Why is this bad?

`prefetch_related("lines")` serves `order.lines.all()`. Any further step, such as `order.lines.filter(…)` or
`order_by(…)`, is another query: one per row, on top of the prefetch, whose rows are never used.

## What to do

Filter in the prefetch, `Prefetch("lines", queryset=Line.objects.filter(…), to_attr="open_lines")`, or filter
the loaded objects in Python.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    placed = models.DateTimeField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    is_open = models.BooleanField()
```

`shop/views.py`:

```python
from shop.models import Order


def open_lines():
    found = []
    for order in Order.objects.prefetch_related("lines"):
        found += list(order.lines.filter(is_open=True))  # warning: [django/defeated-prefetch] "`lines`"
    return found
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    placed = models.DateTimeField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    is_open = models.BooleanField()
```

`shop/views.py`:

```python
from django.db.models import Prefetch

from shop.models import Line, Order


def open_lines():
    opened = Prefetch("lines", queryset=Line.objects.filter(is_open=True), to_attr="open_lines")
    found = []
    for order in Order.objects.prefetch_related(opened):
        found += order.open_lines
    return found


def open_lines_in_python():
    found = []
    for order in Order.objects.prefetch_related("lines"):
        found += [line for line in order.lines.all() if line.is_open]
    return found


def open_lines_of(pk):
    return list(Order.objects.get(pk=pk).lines.filter(is_open=True))
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#prefetch-related
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Severity
from archlint.frameworks.call_sites import CallSites
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.loads.loops import loop_of, made_at
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Trace
from archlint.rule import Outcome, Rule, Verdict


class DefeatedPrefetch(Rule, frozen=True):
    """Every query for some of the related objects of one row of many is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each whether all the related objects are there already."""
        told: set[object] = set()
        sites = project.view(CallSites)
        for asked in project.view(Execution).all:
            if len(asked.sets) != 1 or asked.is_write or _is_of_test(asked.trace):
                continue
            owner = asked.sets[0].of
            if owner is None:
                continue
            is_again = owner.has_loaded(asked.sets[0].through) and not asked.sets[0].is_whole
            if owner.how != "row" or not is_again or asked.key in told:
                yield Outcome.KEPT
                continue
            told.add(asked.key)
            yield self._found(project, sites, asked)

    def _found(self, project: Project, sites: CallSites, asked: Asked) -> Finding:
        one = asked.sets[0]
        loop = loop_of(sites, asked.trace, asked.event, one.of) if one.of is not None else None
        source = one.of.source if one.of is not None else None
        return self.finding(
            spot(project, asked.trace.module, asked.form),
            f"`{one.through}` was prefetched, and this queries the database again for each row",
            f'filter in the prefetch, `Prefetch("{one.through}", queryset=…)`, or in Python',
            related=made_at(project, source, loop) if loop is not None and source is not None else (),
        )


def _is_of_test(trace: Trace | None) -> bool:
    """Whether a run is of a test, or one that a test began."""
    while trace is not None:
        if is_test(trace.module.path):
            return True
        trace = trace.caller[0] if trace.caller is not None else None
    return False
