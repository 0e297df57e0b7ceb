"""Keys that serializers and views take out of validated data, and that are never there.

## Why is this bad?

`create()`, `update()` and `validate()` are given what the fields of the serializer have let through, and
views find that in `serializer.validated_data`. Nothing of a field that is read-only is among that, and a
field with a `source` is there under the name of its source. Who takes another key out, by
`validated_data["lines"]` or `pop("lines")`, gets a `KeyError` at each request.

## What to do

Let the field be written, or take the key of its source. What a view adds by itself is passed to
`serializer.save()`.

## Bad

`shop/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
```

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    item = models.CharField(max_length=40)
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Line, Order


class LineSerializer(serializers.ModelSerializer):
    class Meta:
        model = Line
        fields = ["item"]


class OrderSerializer(serializers.ModelSerializer):
    lines = LineSerializer(many=True, read_only=True)

    class Meta:
        model = Order
        fields = ["number", "lines"]

    def create(self, validated_data):
        lines = validated_data.pop("lines")  # error: [drf/missing-validated-key] "the field is read-only"
        order = super().create(validated_data)
        Line.objects.bulk_create(Line(order=order, **line) for line in lines)
        return order
```

## Good

`shop/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
```

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    item = models.CharField(max_length=40)
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Line, Order


class LineSerializer(serializers.ModelSerializer):
    class Meta:
        model = Line
        fields = ["item"]


class OrderSerializer(serializers.ModelSerializer):
    lines = LineSerializer(many=True)

    class Meta:
        model = Order
        fields = ["number", "lines"]

    def create(self, validated_data):
        lines = validated_data.pop("lines")
        order = super().create(validated_data)
        Line.objects.bulk_create(Line(order=order, **line) for line in lines)
        return order
```

## When not to use it

The rule is silent of serializers that validate in a way of their own, and of what code passes to `save()`.

## Source

https://www.django-rest-framework.org/api-guide/serializers/#writing-create-methods-for-nested-representations
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.drf.validated_keys import taken_keys
from archlint.frameworks.drf.validated_reads import read_keys
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MissingValidatedKey(Rule, frozen=True):
    """Every key that has to be in validated data is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare each key with the fields of the serializer."""
        told: set[object] = set()
        for taken in (*taken_keys(project), *read_keys(project)):
            key = (taken.method.module.path, *place(taken.form))
            if not taken.reason or key in told:
                yield Outcome.UNKNOWN if taken.reason is None else Outcome.KEPT
                continue
            told.add(key)
            yield self.finding(
                spot(project, taken.method.module, taken.form),
                f"validated data never has `{taken.key}`: {taken.reason}",
                "take a key that is there, or let the field be written",
                related=(Related(class_at(project, taken.serializer.cls), "the serializer"),),
            )
