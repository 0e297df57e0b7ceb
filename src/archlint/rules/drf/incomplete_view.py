"""Generic views without a query set or a serializer.

## Why is this bad?

The ready-made actions of REST framework ask the view for its objects and for its serializer. A view that
sets neither `queryset` nor `get_queryset()` raises `AssertionError: '…' should either include a queryset
attribute, or override the get_queryset() method` at every such request; the same goes for
`serializer_class`.

## What to do

Set the attribute, or override the method.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

`shop/views.py`:

```python
from rest_framework import generics

from shop.models import Order


class OrderList(generics.ListAPIView):  # error: [drf/incomplete-view] "no `serializer_class`"
    queryset = Order.objects.all()
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import OrderList

urlpatterns = [path("orders/", OrderList.as_view())]
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["id", "number"]
```

`shop/views.py`:

```python
from rest_framework import generics

from shop.models import Order
from shop.serializers import OrderSerializer


class OrderList(generics.ListAPIView):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return Order.objects.all()


class NewOrder(generics.CreateAPIView):
    serializer_class = OrderSerializer
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import NewOrder, OrderList

urlpatterns = [path("orders/", OrderList.as_view()), path("orders/new/", NewOrder.as_view())]
```

## Source

https://www.django-rest-framework.org/api-guide/generic-views/#attributes
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from archlint.finding import Finding, Severity
from archlint.frameworks.drf.view_options import ViewOptions
from archlint.frameworks.places.classes import class_at
from archlint.project import Project
from archlint.project.classes import ProjectClass
from archlint.rule import Outcome, Rule, Verdict

_FOR_OBJECTS = frozenset({"list", "retrieve", "update", "partial_update", "destroy"})
_FOR_DATA = frozenset({"list", "create", "retrieve", "update", "partial_update"})
_STEERING = (
    "dispatch",
    "initial",
    "as_view",
    "setup",
    "handle_exception",
    "__getattr__",
)
"""Methods by which a view may answer before it comes to that."""


class IncompleteView(Rule, frozen=True):
    """Every generic view that a URL leads to is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask what the ready-made actions of each view need."""
        options = project.view(ViewOptions)
        for cls in options.routed():
            if not options.kind(cls).is_generic:
                continue
            if any(options.value(cls, name) is not None for name in _STEERING):
                yield Outcome.UNKNOWN
                continue
            asking = options.answering(cls)
            lacking = [*_objects(options, cls, asking), *_data(options, cls, asking)]
            yield self._lacking(project, cls, lacking) if lacking else Outcome.KEPT

    def _lacking(self, project: Project, cls: ProjectClass, lacking: list[_Lack]) -> Finding:
        names = " and no ".join(f"`{each.name}`" for each in lacking)
        hints = ", and ".join(f"set `{each.name}`, or override `{each.method}()`" for each in lacking)
        message = f"`{cls.fact.name}` has no {names}, which `{lacking[0].action}` needs"
        return self.finding(class_at(project, cls), message, hints)


class _Lack(NamedTuple):
    """What a view has not, the method that could give it, and an action that asks for it."""

    name: str
    method: str
    action: str


def _objects(options: ViewOptions, cls: ProjectClass, actions: frozenset[str]) -> Iterator[_Lack]:
    asking = actions & _FOR_OBJECTS
    if options.value(cls, "get_object") is not None:
        asking &= {"list"}
    if asking and options.value(cls, "get_queryset") is None and options.is_unset(cls, "queryset"):
        yield _Lack("queryset", "get_queryset", min(asking))


def _data(options: ViewOptions, cls: ProjectClass, actions: frozenset[str]) -> Iterator[_Lack]:
    asking = actions & _FOR_DATA
    ways = ("get_serializer_class", "get_serializer")
    if not asking or any(options.value(cls, name) is not None for name in ways):
        return
    if options.is_unset(cls, "serializer_class"):
        yield _Lack("serializer_class", "get_serializer_class", min(asking))
