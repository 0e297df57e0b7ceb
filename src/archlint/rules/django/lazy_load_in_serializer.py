"""Serializers that read relations which the query set does not load.

## Why is this bad?

A serializer of REST framework reads its fields off each object in turn. A nested serializer, a dotted
`source`, a method field or a list of keys that leads over a relation queries the database for each row, if
the query set of the view did not load that relation. The serializer and the query set stand in different
files, so neither shows it. The same is true of schemas of Pydantic and Django Ninja.

## What to do

Load in the query set of the view what its serializer reads: `select_related` for relations to one object,
`prefetch_related` for relations to many.

## Bad

`kitchen/models.py`:

```python
from django.db import models


class Dish(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    table = models.IntegerField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    dish = models.ForeignKey(Dish, on_delete=models.PROTECT)
```

`kitchen/serializers.py`:

```python
from rest_framework import serializers

from kitchen.models import Line, Order


class LineSerializer(serializers.ModelSerializer):
    dish = serializers.CharField(source="dish.name")

    class Meta:
        model = Line
        fields = ["dish"]


class OrderSerializer(serializers.ModelSerializer):
    lines = LineSerializer(many=True)

    class Meta:
        model = Order
        fields = ["table", "lines"]
```

`kitchen/views.py`:

```python
from rest_framework import generics

from kitchen.models import Order
from kitchen.serializers import OrderSerializer


class Orders(generics.ListAPIView):
    serializer_class = OrderSerializer

    def get_queryset(self):
        orders = Order.objects.order_by("pk")
        return orders.prefetch_related("lines")  # warning: [django/lazy-load-in-serializer] "`lines.dish`"
```

## Good

`kitchen/models.py`:

```python
from django.db import models


class Dish(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    table = models.IntegerField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    dish = models.ForeignKey(Dish, on_delete=models.PROTECT)
```

`kitchen/serializers.py`:

```python
from rest_framework import serializers

from kitchen.models import Line, Order


class LineSerializer(serializers.ModelSerializer):
    dish = serializers.CharField(source="dish.name")

    class Meta:
        model = Line
        fields = ["dish"]


class OrderSerializer(serializers.ModelSerializer):
    lines = LineSerializer(many=True)

    class Meta:
        model = Order
        fields = ["table", "lines"]
```

`kitchen/views.py`:

```python
from rest_framework import generics

from kitchen.models import Order
from kitchen.serializers import OrderSerializer


class Orders(generics.ListAPIView):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return Order.objects.prefetch_related("lines__dish").order_by("pk")
```

## When not to use it

Where there are never more than a few rows. Say so with a suppression.

## Source

https://www.django-rest-framework.org/api-guide/relations/#nested-relationships
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Act, Finding, Location, Related, Remedy, Severity, Step
from archlint.frameworks.django.loads.loops import begun_in, made_in
from archlint.frameworks.django.loads.makings import Makings
from archlint.frameworks.django.query.sets.loading import may_load_more
from archlint.frameworks.drf.serializer_reads import (
    SerializerQuery,
    SerializerRead,
    serializer_queries,
    serializer_reads,
)
from archlint.frameworks.places.expressions import end_of, spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class LazyLoadInSerializer(Rule, frozen=True):
    """Every query set that is serialized is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow the fields of each serializer from the rows that it gets."""
        told: set[object] = set()
        for where, reads in serializer_reads(project):
            if reads is None or is_test(where.module.path):
                yield Outcome.UNKNOWN
                continue
            finding = self._found(project, reads) if reads else None
            if finding is None or (finding.location, finding.message) in told:
                yield Outcome.KEPT
                continue
            told.add((finding.location, finding.message))
            yield finding
        for query in serializer_queries(project):
            asked = query.asked
            if asked.key not in told and not is_test(asked.trace.module.path):
                told.add(asked.key)
                yield self._asked(project, query)

    def _asked(self, project: Project, query: SerializerQuery) -> Finding:
        """A query of its own cannot be loaded with the rows as it stands."""
        where, asked = query.where, query.asked
        said = project.location(where.module, where.line, where.column)
        return self.finding(
            spot(project, asked.trace.module, asked.form),
            f"`{query.field.name}` queries the database for each row that "
            f"`{where.serializer.fact.name}` writes out",
            "annotate the query set with it, or prefetch what it is worked out from",
            related=(Related(said, f"`{where.serializer.fact.name}` gets the rows here"),),
        )

    def _found(self, project: Project, reads: tuple[SerializerRead, ...]) -> Finding:
        """All that one serializer reads late is mended in one place."""
        where = reads[0].where
        serializer = where.serializer.fact.name
        paths = [f"`{'.'.join(read.path)}`" for read in reads]
        more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
        return self.finding(
            _place(project, reads[0]),
            f"`{serializer}` reads {', '.join(paths[:_SHOWN])}{more} with a query per row",
            f"add {' and '.join(_loaders(reads))} to this query set",
            related=(
                Related(_said(project, reads[0]), f"`{serializer}` gets the rows here"),
                *(_declared(project, read) for read in reads[:_SHOWN]),
            ),
            remedy=_remedy(project, reads),
        )


_SHOWN = 3


def _remedy(project: Project, reads: tuple[SerializerRead, ...]) -> Remedy | None:
    """All of it for the query set, if there is but one and its making is seen."""
    where = reads[0].where
    if len(where.sets) != 1 or where.trace is None or not may_load_more(where.sets[0]):
        return None
    made = made_in(where.sets[0], where.trace)
    if made is None or not project.view(Makings).is_single(*made):
        return None
    at = end_of(project, *made)
    return Remedy(tuple(Step(Act.CHAIN, at, paths, method) for method, paths in _paths(reads)))


def _loaders(reads: tuple[SerializerRead, ...]) -> Iterator[str]:
    """`.select_related("a")`, `.prefetch_related("b")`."""
    for method, paths in _paths(reads):
        yield f"`.{method}({paths})`"


def _paths(reads: tuple[SerializerRead, ...]) -> Iterator[tuple[str, str]]:
    for method, is_single in (("select_related", True), ("prefetch_related", False)):
        paths = ", ".join(f'"{"__".join(read.path)}"' for read in reads if read.is_single is is_single)
        if paths:
            yield method, paths


def _declared(project: Project, read: SerializerRead) -> Related:
    field = read.field
    end = field.column + len(field.name.encode())
    place = project.location(field.module, field.line, field.column, field.line, end)
    return Related(place, f"`{field.name}` reads `{'.'.join(read.path)}`")


def _place(project: Project, read: SerializerRead) -> Location:
    """Where the making of the query set begins; where that cannot be seen, where it is serialized."""
    for one in read.where.sets:
        made = begun_in(one, read.where.trace) if read.where.trace is not None else None
        if made is not None:
            return spot(project, *made)
    return _said(project, read)


def _said(project: Project, read: SerializerRead) -> Location:
    where = read.where
    return project.location(where.module, where.line, where.column)
