"""Options of a view that name no field of its model.

## Why is this bad?

`lookup_field`, `ordering`, `ordering_fields`, `search_fields` and `filterset_fields` become conditions and
orders of the view's query set. A name that its model does not have raises `FieldError` as soon as a client
asks for an object, an order or a search; django-filter raises `TypeError` at the first request.

## What to do

Name a field of the model, or a path that leads to one.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
    status = models.CharField(max_length=10)
```

`shop/views.py`:

```python
from rest_framework import filters, serializers, viewsets

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["id", "number", "status"]


class OrderViewSet(viewsets.ModelViewSet):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
    lookup_field = "code"  # error: [drf/unknown-view-field] "`Order` has no field `code`"
    filter_backends = [filters.SearchFilter, filters.OrderingFilter]
    search_fields = ["^state"]  # error: [drf/unknown-view-field] "`Order` has no field `state`"
    ordering = ["-created"]  # error: [drf/unknown-view-field] "`Order` has no field `created`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
    status = models.CharField(max_length=10)
```

`shop/views.py`:

```python
from django.db.models import Count
from rest_framework import filters, serializers, viewsets

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["id", "number", "status"]


class OrderViewSet(viewsets.ModelViewSet):
    queryset = Order.objects.annotate(total=Count("pk"))
    serializer_class = OrderSerializer
    lookup_field = "number"
    filter_backends = [filters.SearchFilter, filters.OrderingFilter]
    search_fields = ["^status"]
    ordering = ["-number"]
    ordering_fields = ["number", "total"]
```

## Source

https://www.django-rest-framework.org/api-guide/filtering/
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Location, Related, Severity
from archlint.frameworks.django.models.field_paths import FieldPaths
from archlint.frameworks.django.places import written_at
from archlint.frameworks.django.query.paths import Followed
from archlint.frameworks.drf.view_fields import ViewField, view_fields
from archlint.frameworks.places.classes import class_at, option_at
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict


class UnknownViewField(Rule, frozen=True):
    """Every name in such an option is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up each name. What several views share is wrong itself, or wrong for some of them."""
        wrong: list[tuple[ViewField, Followed]] = []
        right: set[tuple[Location, str]] = set()
        for one in view_fields(project):
            missing = None if one.is_open else project.view(FieldPaths).missing(one.model, one.path)
            if missing is None:
                right.add(_shared(project, one))
                yield Outcome.KEPT
            else:
                wrong.append((one, missing))
        told: set[tuple[Location, str]] = set()
        for one, missing in wrong:
            key = _shared(project, one)
            if key in right:
                yield self._of_view(project, one, missing)
            elif key not in told:
                told.add(key)
                yield self._of_option(project, one, missing)

    def _of_option(self, project: Project, one: ViewField, missing: Followed) -> Finding:
        """What no view can have."""
        place, last = _written(project, one), missing.part
        model = missing.model or one.model
        return self.finding(
            place,
            f"`{model.name}` has no field `{last}`",
            near_or_all(last, missing.candidates),
            related=defined_at(project, model),
            remedy=respelled(place, last, missing.candidates),
        )

    def _of_view(self, project: Project, one: ViewField, missing: Followed) -> Finding:
        """What a base class brings, wrong for this view and right for another one."""
        place, model = _written(project, one), missing.model or one.model
        return self.finding(
            class_at(project, one.cls),
            f"`{model.name}` has no field `{missing.part}`",
            f"set `{one.option.binding.name}` in `{one.cls.fact.name}` to one that it has",
            related=(
                Related(place, f"`{one.option.binding.name}` comes from here"),
                *defined_at(project, model),
            ),
        )


def _shared(project: Project, one: ViewField) -> tuple[Location, str]:
    """One name in an option, for all views that have it."""
    return _written(project, one), one.path


def _written(project: Project, one: ViewField) -> Location:
    return written_at(project, one.name.module, one.name.form, option_at(project, one.option))
