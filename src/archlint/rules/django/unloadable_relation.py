"""Relations that `select_related` or `prefetch_related` cannot load.

## Why is this bad?

`select_related` raises `FieldError` when the query runs and a name is no relation to one object;
`prefetch_related` raises `AttributeError` or `ValueError` as soon as there is a row. Since both are only
there to make a page faster, they tend to be added last, and to stay behind when a relation is renamed.

## What to do

Name a relation of the model: for `select_related` one that leads to a single object, by its name in
queries; for `prefetch_related` any, by the name of the attribute.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
```

`shop/selectors.py`:

```python
from django.db.models import Prefetch, prefetch_related_objects

from shop.models import Customer, Order


def recent():
    return Order.objects.select_related("client")  # error: [django/unloadable-relation] "no relation"


def named():
    return Order.objects.select_related("customer__name")  # error: [django/unloadable-relation] "`name`"


def full():
    return Order.objects.select_related("line")  # error: [django/unloadable-relation] "leads to many"


def busy():
    lines = Prefetch("orders__lines")  # error: [django/unloadable-relation] "no relation `lines`"
    return Customer.objects.prefetch_related(lines)


def with_lines(orders: list[Order]):
    prefetch_related_objects(orders, "lines")  # error: [django/unloadable-relation] "no relation `lines`"
    return orders
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
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
```

`shop/selectors.py`:

```python
from django.db.models import Prefetch, prefetch_related_objects

from shop.models import Customer, Order


def recent():
    return Order.objects.select_related("customer").prefetch_related("line_set")


def busy():
    return Customer.objects.prefetch_related(Prefetch("orders", to_attr="all_orders"), "all_orders__line_set")


def with_lines(orders: list[Order]):
    prefetch_related_objects(orders, "line_set")
    return orders
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-related
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.load_paths import LoadPath, LoadPaths, Loads
from archlint.frameworks.django.loads.receivers import loaded_into
from archlint.frameworks.django.loads.unread_loads import UnreadLoads
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.expression import Reference
from archlint.frameworks.django.query.sets.asked import load_references, query_sets
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.flow.trace import Called
from archlint.rule import Outcome, Rule, Verdict


class UnloadableRelation(Rule, frozen=True):
    """Every path that is given to one of the two methods is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow each path from the model of its query set."""
        told: set[tuple[object, ...]] = set()
        for trace, event in project.view(DataFlow).events(Called):
            sets = loaded_into(event)
            if sets is None:
                continue
            site = project.view(DataFlow).flow.site(trace.module)
            if any(one.defines(event.name, site) for one in sets):
                continue  # the project's own class decides what the paths mean
            after = query_sets(event.result) or sets
            for reference in load_references(event, trace.module):
                ways = [_followed(project, event, one, after, reference) for one in sets]
                verdicts = {way.verdict for way in ways}
                if Loads.FINE in verdicts or Loads.UNKNOWN in verdicts:
                    yield Outcome.KEPT if Loads.FINE in verdicts else Outcome.UNKNOWN
                    continue
                if any(project.view(UnreadLoads).has(trace, one.model, reference.path) for one in sets):
                    yield Outcome.KEPT
                    continue
                finding = self._found(project, reference, ways[0])
                key = (finding.location.path, finding.location.line, finding.message)
                if key not in told:
                    told.add(key)
                    yield finding

    def _found(self, project: Project, reference: Reference, way: LoadPath) -> Finding:
        column = reference.column + (len(way.prefix) + 1 if reference.is_literal else 0)
        end = column + (len(way.part) if reference.is_literal else 0)
        place = project.location(reference.module, reference.line, column, reference.line, end)
        assert way.model is not None
        if way.verdict is Loads.TO_MANY:
            message = f"`{way.part}` of `{way.model.name}` leads to many objects"
            return self.finding(
                place, message, "load it with `prefetch_related`", related=defined_at(project, way.model)
            )
        if way.verdict is Loads.NO_RELATION:
            message = f"`{way.part}` of `{way.model.name}` is not a relation that it can load"
        else:
            message = f"`{way.model.name}` has no relation `{way.part}`"
        hint = near_or_all(way.part, way.candidates, "leave it out")
        return self.finding(place, message, hint, related=defined_at(project, way.model))


def _followed(
    project: Project, event: Called, base: QuerySet, after: tuple[QuerySet, ...], reference: Reference
) -> LoadPath:
    model = project.view(DjangoModels).model(base.model)
    if not isinstance(model, DjangoModel) or base.shape != "objects":
        return LoadPath(Loads.UNKNOWN)
    paths = project.view(LoadPaths)
    first = reference.path.partition("__")[0]
    if event.name != "select_related":
        return paths.prefetched(
            model, reference.path, tuple(name for one in after for name, _ in one.to_attrs)
        )
    is_named = any(first in one.annotations for one in (base, *after))
    return LoadPath(Loads.UNKNOWN) if is_named else paths.selected(model, reference.path)
