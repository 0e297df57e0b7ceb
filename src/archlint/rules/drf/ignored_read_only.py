"""Names in `read_only_fields` that protect nothing.

## Why is this bad?

`Meta.read_only_fields` adds `read_only=True` to the fields that are made from the model. A field that the
serializer declares itself is left as it is, and a name that is no field of the serializer is passed over
without a word. In both cases clients may write what the list promises they cannot.

## What to do

Pass `read_only=True` where the field is declared; spell the name as in `fields`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    total = models.IntegerField()
    is_paid = models.BooleanField(default=False)
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    total = serializers.IntegerField()

    class Meta:
        model = Order
        fields = ["id", "total", "is_paid"]
        read_only_fields = [
            "total",  # warning: [drf/ignored-read-only] "declared in the serializer"
            "paid",  # warning: [drf/ignored-read-only] "no field `paid`"
        ]
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    total = models.IntegerField()
    is_paid = models.BooleanField(default=False)
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    total = serializers.IntegerField(read_only=True)

    class Meta:
        model = Order
        fields = ["id", "total", "is_paid"]
        read_only_fields = ["total", "is_paid"]
```

## Source

https://www.django-rest-framework.org/api-guide/serializers/#specifying-read-only-fields
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.places import written_at
from archlint.frameworks.drf.serializers import Serializer, Serializers
from archlint.frameworks.listed import Listed
from archlint.frameworks.places.classes import class_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class IgnoredReadOnly(Rule, frozen=True):
    """Every name in `read_only_fields` of a model's serializer is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up each name among the fields. What several serializers share has to fit one of them."""
        listed = project.view(Listed)
        told: set[object] = set()
        for serializer in project.view(Serializers):
            option = serializer.options.get("read_only_fields")
            if option is None or not serializer.is_model or serializer.meta is None:
                continue
            if option.holder != serializer.meta:
                continue  # a list for several
            for name in listed.of(option).names:
                place = written_at(project, name.module, name.form, class_at(project, serializer.cls))
                said = self._wrong(project, serializer, name.name)
                if said is None or place in told:
                    yield Outcome.KEPT
                    continue
                told.add(place)
                yield self.finding(place, *said)

    def _wrong(self, project: Project, serializer: Serializer, name: str) -> tuple[str, str] | None:
        declared = serializer.fields.get(name)
        if name in serializer.unsure or not serializer.is_closed:
            return None
        if declared is not None:
            if declared.is_read_only is not False:
                return None
            return (
                f"`{name}` is declared in the serializer, where this list makes nothing read-only",
                "pass `read_only=True` to the field",
            )
        fields = project.view(Listed).of(serializer.options.get("fields"))
        if fields.is_open or not fields.names or name in fields or _is_of_model(serializer, name):
            return None
        names = tuple(one.name for one in fields.names)
        return f"the serializer has no field `{name}`", near_or_all(name, names, "leave it out")


def _is_of_model(serializer: Serializer, name: str) -> bool:
    """Whether it names a field of the model that the serializer leaves out: nobody can write that."""
    model = serializer.model
    return (
        model is None
        or model.is_open
        or name in ("pk", "id")
        or name in model.fields
        or name in model.relations
    )
