"""Filters of `django-filter` that name no field of their model.

## Why is this bad?

A filter whose `field_name` leads to no field raises `FieldError` as soon as a client sends its parameter, and
does nothing until then. A name in `Meta.fields` that is neither a field of the model nor a declared filter
raises `TypeError` when the module is imported.

## What to do

Name a field of the model, or give the filter a `method`.

## Bad

`rentals/models.py`:

```python
from django.db import models


class City(models.Model):
    name = models.CharField(max_length=40)


class Flat(models.Model):
    city = models.ForeignKey(City, on_delete=models.CASCADE)
    rent = models.PositiveIntegerField()
```

`rentals/filters.py`:

```python
import django_filters

from rentals.models import Flat


class FlatFilter(django_filters.FilterSet):
    city = django_filters.CharFilter(
        field_name="town__name",  # error: [django/unknown-filter-field] "`Flat` has no field `town`"
        lookup_expr="iexact",
    )
    max_rent = django_filters.NumberFilter(field_name="rent", lookup_expr="lte")

    class Meta:
        model = Flat
        fields = ["city", "rooms"]  # error: [django/unknown-filter-field] "`Flat` has no field `rooms`"
```

## Good

`rentals/models.py`:

```python
from django.db import models


class City(models.Model):
    name = models.CharField(max_length=40)


class Flat(models.Model):
    city = models.ForeignKey(City, on_delete=models.CASCADE)
    rent = models.PositiveIntegerField()
```

`rentals/filters.py`:

```python
import django_filters

from rentals.models import Flat


class FlatFilter(django_filters.FilterSet):
    city = django_filters.CharFilter(field_name="city__name", lookup_expr="iexact")
    cheap = django_filters.BooleanFilter(method="filter_cheap")
    order = django_filters.OrderingFilter(fields=(("rent", "price"),))

    class Meta:
        model = Flat
        fields = {"rent": ["lte", "gte"], "city": ["exact"]}

    def filter_cheap(self, queryset, name, value):
        return queryset.filter(rent__lt=500)
```

## Source

https://django-filter.readthedocs.io/en/stable/ref/filters.html#field-name
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.filter_sets import filtered_fields
from archlint.frameworks.django.models.field_paths import FieldPaths
from archlint.frameworks.django.places import written_at
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict


class UnknownFilterField(Rule, frozen=True):
    """Every field that a filter set names is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up each name in the model that `Meta` names."""
        paths = project.view(FieldPaths)
        for one in filtered_fields(project):
            missing = paths.missing(one.model, one.path)
            if missing is None:
                yield Outcome.KEPT
                continue
            model, last = missing.model or one.model, missing.part
            place = project.location(one.module, one.line, one.column)
            if one.form is not None:
                place = written_at(project, one.module, one.form, place)
            yield self.finding(
                place,
                f"`{model.name}` has no field `{last}`",
                near_or_all(last, missing.candidates),
                related=defined_at(project, model),
                remedy=respelled(place, last, missing.candidates) if one.form is not None else None,
            )
