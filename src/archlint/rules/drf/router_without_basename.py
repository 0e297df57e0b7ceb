"""Viewsets registered with a router that cannot tell their name, or that share one.

## Why is this bad?

A router names the routes of a viewset after the model of its `queryset`. A viewset without that attribute,
since it overrides `get_queryset()`, raises `AssertionError: basename argument not specified` when the URLs
are imported. Since version 3.15, two viewsets of one name are refused too (`ImproperlyConfigured`); before,
the routes of the second replaced those of the first in `reverse()`.

## What to do

Pass `basename=…`, a different one for each viewset.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

`shop/views.py`:

```python
from rest_framework import serializers, viewsets

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["id", "number"]


class OrderViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return Order.objects.filter(number__gt=0)
```

`shop/urls.py`:

```python
from rest_framework.routers import DefaultRouter

from shop.views import OrderViewSet

router = DefaultRouter()
router.register("orders", OrderViewSet)  # error: [drf/router-without-basename] "no `queryset`"

urlpatterns = router.urls
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

`shop/views.py`:

```python
from rest_framework import serializers, viewsets

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["id", "number"]


class OrderViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return Order.objects.filter(number__gt=0)
```

`shop/urls.py`:

```python
from rest_framework.routers import DefaultRouter

from shop.views import OrderViewSet

router = DefaultRouter()
router.register("orders", OrderViewSet, basename="order")
router.register("archive", OrderViewSet, basename="archived-order")

urlpatterns = router.urls
```

## Source

https://www.django-rest-framework.org/api-guide/routers/#usage
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import says
from archlint.finding import Related, Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.drf.routers import Registration, Router, Routers
from archlint.frameworks.drf.view_classes import ViewClasses
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.rule import Outcome, Rule, Verdict


class RouterWithoutBasename(Rule, frozen=True):
    """Every viewset that is registered with a router is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at every registration."""
        routers = project.view(Routers)
        for module in project.modules:
            for router in routers.of(module):
                if router.kind:
                    yield from self._router(project, routers, router)

    def _router(self, project: Project, routers: Routers, router: Router) -> Iterator[Verdict]:
        met: dict[str, Registration] = {}
        for one in router.registrations:
            place = spot(project, one.module, one.form)
            if one.basename == "" and self._has_no_queryset(project, one):
                assert one.viewset is not None
                yield self.finding(
                    place,
                    f"`{one.viewset.fact.name}` has no `queryset` to be named after",
                    'pass `basename="…"`',
                )
                continue
            name = routers.basename(one)
            first = met.setdefault(name, one) if name and one.is_certain else one
            if first is one:
                yield Outcome.KEPT if name else Outcome.UNKNOWN
                continue
            related = Related(spot(project, first.module, first.form), "the first viewset of this name")
            yield self.finding(
                place,
                f"two viewsets of this router are called `{name}`",
                "pass a `basename` of its own",
                related=(related,),
            )

    def _has_no_queryset(self, project: Project, one: Registration) -> bool:
        """Whether the class surely has no query set as attribute."""
        if one.viewset is None or project.view(ViewClasses).of(one.viewset) is None:
            return False
        order = project.view(ClassHierarchy).order(one.viewset)
        if any(c.fact.keywords or c.fact.decorators for c in order if isinstance(c, ProjectClass)):
            return False
        found = project.view(ClassValues).of(one.viewset, "queryset")
        return found is None or says(found.value, None)
