"""Names in a serializer's `Meta` that neither the model nor the serializer has.

## Why is this bad?

A `ModelSerializer` looks up each name in `Meta.fields` when its fields are first needed: at the first
request, not when the server starts. What is neither declared nor an attribute of the model raises
`ImproperlyConfigured`; in `exclude` it is an `AssertionError`. An annotation of a query set is no attribute
of the model: it has to be declared.

## What to do

Name a field, relation, property or method of the model, or declare a field of that name.

## Bad

`shop/models.py`:

```python
from django.db import models


class Product(models.Model):
    title = models.CharField(max_length=80)
    list_price = models.IntegerField()
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Product


class ProductSerializer(serializers.ModelSerializer):
    class Meta:
        model = Product
        fields = ["id", "title", "price"]  # error: [drf/unknown-field] "`Product` has no attribute `price`"


class ShortSerializer(serializers.ModelSerializer):
    class Meta:
        model = Product
        exclude = ["prize"]  # error: [drf/unknown-field] "`Product` has no field `prize`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Product(models.Model):
    title = models.CharField(max_length=80)
    list_price = models.IntegerField()

    @property
    def price(self):
        return self.list_price

    def sold(self):
        return 0
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Product


class ProductSerializer(serializers.ModelSerializer):
    sold = serializers.IntegerField(read_only=True)

    class Meta:
        model = Product
        fields = ["id", "title", "price", "sold", "cost"]
        extra_kwargs = {"cost": {"source": "list_price"}}


class ShortSerializer(serializers.ModelSerializer):
    class Meta:
        model = Product
        exclude = ["list_price"]
```

## Source

https://www.django-rest-framework.org/api-guide/serializers/#specifying-which-fields-to-include
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Location, Severity
from archlint.frameworks.django.models.class_members import ClassMembers
from archlint.frameworks.django.models.registered import DjangoModel
from archlint.frameworks.django.places import written_at
from archlint.frameworks.drf.serializers import Serializer, Serializers
from archlint.frameworks.drf.sources import renamed
from archlint.frameworks.drf.url_fields import url_fields
from archlint.frameworks.listed import Listed, ListedName
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict


class UnknownField(Rule, frozen=True):
    """Every name in `fields` and `exclude` of a model's serializer is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up every name. What several serializers share is wrong where it is wrong for all of them."""
        found: dict[tuple[Location, str], Finding] = {}
        right: set[tuple[Location, str]] = set()
        for serializer in project.view(Serializers):
            if not serializer.is_model or serializer.model is None or serializer.meta is None:
                continue
            for option, name in _names(project, serializer):
                place = written_at(project, name.module, name.form, class_at(project, serializer.cls))
                is_there = self._has(project, serializer, serializer.model, option, name.name)
                if is_there is False:
                    finding = self._found(project, serializer, serializer.model, option, name, place)
                    found.setdefault((place, name.name), finding)
                else:
                    right.add((place, name.name))
                    yield Outcome.UNKNOWN if is_there is None else Outcome.KEPT
        yield from (finding for key, finding in found.items() if key not in right)

    def _has(
        self, project: Project, serializer: Serializer, model: DjangoModel, option: str, name: str
    ) -> bool | None:
        if name in serializer.fields:
            return True
        if not serializer.is_closed or name in serializer.unsure or model.is_abstract:
            return None
        if serializer.is_written_by_hand:
            return None
        if option == "exclude":
            is_unsure = model.is_open or name in url_fields(project)  # one with links has a field for its own
            return True if model.member(name) is not None else None if is_unsure else False
        source = renamed(serializer, name)
        if source is None:
            return None
        return True if source in url_fields(project) else project.view(ClassMembers).has(model, source)

    def _found(
        self,
        project: Project,
        serializer: Serializer,
        model: DjangoModel,
        option: str,
        name: ListedName,
        place: Location,
    ) -> Finding:
        what = "field" if option == "exclude" else "attribute"
        members = [each for each in (*model.fields, *model.relations) if not each.startswith("+")]
        known = members if option == "exclude" else [*members, *serializer.fields, *model.attributes]
        return self.finding(
            place,
            f"`{model.name}` has no {what} `{name.name}`, and the serializer declares none",
            near_or_all(name.name, known),
            related=defined_at(project, model),
            remedy=respelled(place, name.name, known),
        )


def _names(project: Project, serializer: Serializer) -> Iterator[tuple[str, ListedName]]:
    listed = project.view(Listed)
    for option in ("fields", "exclude"):
        if option in serializer.options:
            for name in listed.of(serializer.options[option]).names:
                yield option, name
