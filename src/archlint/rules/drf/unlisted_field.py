"""Fields that a serializer declares and then leaves out of `Meta.fields`.

## Why is this bad?

REST framework takes a declared field that is not in `fields` for a mistake: at the first request it raises
`AssertionError: The field 'total' was declared on serializer …, but has not been included in the 'fields'
option.` The same goes for a declared field in `exclude`.

## What to do

Add it to `fields`, or delete the declaration. A field that a base class declares may be left out.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()

    def total(self):
        return self.number
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    total = serializers.IntegerField(read_only=True)  # error: [drf/unlisted-field] "not in `fields`"

    class Meta:
        model = Order
        fields = ["id", "number"]
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()

    def total(self):
        return self.number
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    total = serializers.IntegerField(read_only=True)

    class Meta:
        model = Order
        fields = ["id", "number", "total"]


class ShortOrderSerializer(OrderSerializer):
    class Meta:
        model = Order
        fields = ["id"]
```

## Source

https://www.django-rest-framework.org/api-guide/serializers/#specifying-which-fields-to-include
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.drf.places import field_at
from archlint.frameworks.drf.serializers import Serializer, Serializers
from archlint.frameworks.listed import Listed
from archlint.frameworks.places.classes import option_at
from archlint.project import Project
from archlint.project.classes import ClassHierarchy
from archlint.project.imports.import_graph import ImportGraph
from archlint.rule import Outcome, Rule, Verdict


class UnlistedField(Rule, frozen=True):
    """Every field that a model's serializer declares itself is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the declarations with `fields` and `exclude`."""
        for serializer in project.view(Serializers):
            if serializer.is_model and "model" in serializer.options:
                yield from self._declared(project, serializer)

    def _declared(self, project: Project, serializer: Serializer) -> Iterator[Verdict]:
        listed = project.view(Listed)
        fields = serializer.options.get("fields")
        exclude = serializer.options.get("exclude")
        option = fields or exclude
        if option is None:
            return
        names = listed.of(option)
        for name, field in serializer.fields.items():
            if name in serializer.inherited:
                continue
            if not serializer.is_closed or names.is_open or names.text:
                yield Outcome.KEPT if names.text == "__all__" else Outcome.UNKNOWN
            elif (name in names) is (option is fields):
                yield Outcome.KEPT
            elif _is_only_a_base(project, serializer):
                yield Outcome.UNKNOWN
            else:
                what = "is not in `fields`" if option is fields else "is declared and excluded"
                yield self.finding(
                    field_at(project, field),
                    f"`{name}` {what} of `{serializer.cls.fact.name}`",
                    f"add `{name}` to `fields`, or delete the declaration"
                    if option is fields
                    else f"take `{name}` out of `exclude`, or delete the declaration",
                    related=(Related(option_at(project, option), "the option is set here"),),
                )


def _is_only_a_base(project: Project, serializer: Serializer) -> bool:
    """Whether others inherit from a serializer, and nobody uses it itself, which alone would fail."""
    cls, hierarchy = serializer.cls, project.view(ClassHierarchy)
    if not any(cls in hierarchy.order(one.cls)[1:] for one in project.view(Serializers)):
        return False
    importers = {edge.importer for edge in project.view(ImportGraph).importers_of(cls.module)}
    name = re.escape(cls.fact.name)
    used = re.compile(rf"(?:[=:(\[,]|\breturn)\s*(?:\w+\.)*{name}\b(?!\.Meta\b)|\b{name}\(")
    lines = (line for module in (cls.module, *importers) for line in project.code(module.path).split("\n"))
    return not any(used.search(line) and not _HEADS.match(line) for line in lines)


_HEADS = re.compile(r"\s*(?:class|from|import)\b|\s*\w+,?\s*$")
"""Lines that begin a class, or import something."""
