"""Read-only serializer fields that never appear, because the model lacks their source.

## Why is this bad?

Where an object lacks what a field reads, REST framework leaves a field out that is not required, and a
read-only field never is. Nothing fails: the field is missing from every response, and clients that were
promised it do not find it.

## What to do

Name an attribute of the model, or annotate the query set of the view.

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
    buyer = serializers.CharField(  # warning: [drf/skipped-source] "`nmae`"
        source="customer.nmae", read_only=True
    )

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

`shop/selectors.py`:

```python
from django.db.models import Value

from shop.models import Order


def orders():
    return Order.objects.annotate(discount=Value(3))
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    buyer = serializers.CharField(source="customer.name", read_only=True)
    rebate = serializers.IntegerField(source="discount", read_only=True)

    class Meta:
        model = Order
        fields = ["id", "buyer", "rebate"]
```

## Source

https://www.django-rest-framework.org/api-guide/fields/#source and `Field.get_attribute()`
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


class SkippedSource(Rule, frozen=True):
    """Every source of a read-only field is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow each source from the model."""
        given = project.view(GivenObjects)
        for path in source_paths(project, given):
            if not path.may_be_skipped or not path.field.is_read_only:
                continue
            if path.field.may_be_set("default"):
                yield Outcome.KEPT  # which is written out then
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
