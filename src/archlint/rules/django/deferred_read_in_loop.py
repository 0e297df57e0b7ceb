"""Fields that were left out of a query, and are then read for every row.

## Why is this bad?

`only()` and `defer()` make a query cheaper by what nobody reads. Reading a field that was left out queries
the database for that one field of that one row: in a loop over a hundred rows that is a hundred queries
more than without `only()`. It mostly happens to code that was changed later: a new column of a report, a
property of the model, a helper.

## What to do

Name the field in `only()`, or take it out of `defer()`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)
    email = models.EmailField()


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    number = models.IntegerField()
    note = models.TextField()

    def __str__(self):
        return f"{self.number}: {self.note}"  # warning: [django/deferred-read-in-loop] "`note` of each"
```

`shop/services.py`:

```python
from shop.models import Order


def labels():
    return [str(order) for order in Order.objects.only("number")]


def rows():
    found = []
    for order in Order.objects.defer("note"):
        found.append((order.number, order.note))  # warning: [django/deferred-read-in-loop] "`note`"
    return found


def emails():
    orders = Order.objects.select_related("customer").only("number", "customer__name")
    return [order.customer.email for order in orders]  # warning: [django/deferred-read-in-loop] "`email`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)
    email = models.EmailField()


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    number = models.IntegerField()
    note = models.TextField()

    def __str__(self):
        return f"{self.number}: {self.note}"
```

`shop/services.py`:

```python
from shop.models import Order


def labels():
    return [str(order) for order in Order.objects.only("number", "note")]


def rows():
    found = []
    for order in Order.objects.defer("note"):
        found.append((order.pk, order.number, order.customer_id))
    return found


def emails():
    orders = Order.objects.select_related("customer").only("number", "customer__email")
    return [order.customer.email for order in orders]
```

## When not to use it

Where the field is read of very few of the rows, and is large. Say so with a suppression.

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#only
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Course, Finding, Location, Related, Severity
from archlint.frameworks.call_sites import CallSites
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.lazy_reads import LazyReads
from archlint.frameworks.django.loads.loops import loop_of, made_at, made_in
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.deferring import is_deferred
from archlint.frameworks.django.templates.reads import deferred_in_templates
from archlint.frameworks.drf.deferred_fields import deferred_in_serializers
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Read, Trace
from archlint.project.flow.values import only
from archlint.rule import Outcome, Rule, Verdict


class DeferredReadInLoop(Rule, frozen=True):
    """Every read of a row whose query set leaves something out is a place; nobody minds in tests."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each whether the field came with its row."""
        models = project.view(DjangoModels)
        told: set[object] = set()
        for trace, event in project.view(DataFlow).events(Read):
            rows = only(event.receiver, ModelObject)
            if not rows or any(one.source is None or one.source.deferring is None for one in rows):
                continue
            model = models.model(rows[0].model)
            if not isinstance(model, DjangoModel) or not all(is_deferred(o, model, event.name) for o in rows):
                yield Outcome.KEPT
                continue
            key = (trace.module.path, *place(event.form))
            finding = self._found(project, trace, event, rows[0]) if key not in told else None
            if finding is not None:
                told.add(key)
            yield finding or Outcome.KEPT
        yield from self._shown(project)

    def _shown(self, project: Project) -> Iterator[Finding]:
        """What templates show and serializers write out of each row."""
        told: set[tuple[Location, str]] = set()
        found = (*self._in_templates(project), *self._in_serializers(project))
        for finding in found:
            key = (finding.location, finding.message)
            if key not in told and not is_test(finding.location.path):
                told.add(key)
                yield finding

    def _in_templates(self, project: Project) -> Iterator[Finding]:
        for where, read in deferred_in_templates(project):
            made = next((made for one in where.traces for made in _made_of(project, read.row, one)), None)
            line, column = read.at.line, read.at.column
            written = Location(read.template, line, column, line, column + len(read.at.text))
            shown = Related(written, f"`{where.name}` reads it")
            at = where.at if made is None else made.location
            yield self._told(at, read.row, read.name, shown, course=Course.FROM_HERE)

    def _in_serializers(self, project: Project) -> Iterator[Finding]:
        for where, field, row in deferred_in_serializers(project):
            traces = () if where.trace is None else (where.trace,)
            written = Related(
                project.location(where.module, where.line, where.column), "it is written out here"
            )
            made = next((made for one in traces for made in _made_of(project, row, one)), written)
            at = project.location(field.module, field.line, field.column)
            yield self._told(at, row, field.source[0], made)

    def _found(self, project: Project, trace: Trace, event: Read, row: ModelObject) -> Finding | None:
        source = row.source
        loop = loop_of(project.view(CallSites), trace, event, row)
        if loop is None or source is None or is_test(loop.trace.module.path):
            return None
        if project.view(LazyReads).may_be_given(trace.function, event.name):
            return None
        at = spot(project, trace.module, event.form)
        return self._told(at, row, event.name, *made_at(project, source, loop))

    def _told(
        self, at: Location, row: ModelObject, read: str, *related: Related, course: Course = Course.TO_HERE
    ) -> Finding:
        name, path = row.model.rpartition(".")[2], "__".join((*row.way, read))
        deferring = row.source.deferring if row.source is not None else None
        is_only = deferring is not None and deferring.is_only
        return self.finding(
            at,
            f"reading `{read}` of each `{name}` sends a query per row, since the first one left it out",
            f'name it: `.only(…, "{path}")`' if is_only else f'take "{path}" out of `defer()`',
            course=course,
            related=related,
        )


def _made_of(project: Project, row: ModelObject, trace: Trace) -> Iterator[Related]:
    """Where the query set of a row is made, if it is in this run."""
    made = made_in(row.source, trace) if row.source is not None else None
    if made is not None:
        yield Related(spot(project, *made), "the query set is built here")
