"""Sources of serializer fields that the model does not have.

## Why is this bad?

A field of a `ModelSerializer` reads what `source` names from the object, part by part. What the object lacks
is an `AttributeError` at every response (`Got AttributeError when attempting to get a value for field …`); on
the way in, `create()` passes it to the model, which raises `TypeError`.

## What to do

Name an attribute of the model: a field, a relation, a property, a method without arguments.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    buyer = serializers.CharField(source="customer.nmae")  # error: [drf/unknown-source] "`nmae`"

    class Meta:
        model = Order
        fields = ["id", "buyer"]
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    buyer = serializers.CharField(source="customer.name")

    class Meta:
        model = Order
        fields = ["id", "buyer"]
```

## When not to use it

A name that some query of the project annotates, or that some code sets on objects, is left alone. Fields that
are read-only or not required are the concern of `drf/skipped-source`.

## Source

https://www.django-rest-framework.org/api-guide/fields/#source
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.drf.given_objects import GivenObjects
from archlint.frameworks.drf.places import field_at
from archlint.frameworks.drf.source_paths import Verdict as PathVerdict
from archlint.frameworks.drf.source_paths import source_paths
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict


class UnknownSource(Rule, frozen=True):
    """Every source of a field that has to give a value is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow each source from the model."""
        given = project.view(GivenObjects)
        for path in source_paths(project, given):
            if path.may_be_skipped:
                continue
            if path.verdict is not PathVerdict.MISSING:
                yield Outcome.KEPT if path.verdict is PathVerdict.FOUND else Outcome.UNKNOWN
                continue
            if given.are_others(path.field.holder):
                yield Outcome.UNKNOWN
                continue
            place = field_at(project, path.field)
            yield self.finding(
                place,
                f"`{path.model.name}` has no `{path.part}`, which `{path.field.name}` reads",
                near_or_all(path.part, path.candidates),
                related=defined_at(project, path.model),
                remedy=respelled(place, path.part, path.candidates),
            )
