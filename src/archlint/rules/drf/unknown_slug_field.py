"""Attributes that stand for related objects, and that these do not have.

## Why is this bad?

`SlugRelatedField(slug_field="code")` writes out `code` of the related object, and looks the object up by it
when a client sends one. If the model has no such field, the first raises `AttributeError` and the second
`FieldError`, as soon as there is an object.

## What to do

Name a field of the related model.

## Bad

`shop/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
```

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=40, unique=True)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Customer, Order


class OrderSerializer(serializers.ModelSerializer):
    customer = serializers.SlugRelatedField(  # error: [drf/unknown-slug-field] "`Customer` has no `code`"
        slug_field="code",
        queryset=Customer.objects.all(),
    )

    class Meta:
        model = Order
        fields = ["customer"]
```

## Good

`shop/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
```

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=40, unique=True)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Customer, Order


class OrderSerializer(serializers.ModelSerializer):
    customer = serializers.SlugRelatedField(
        slug_field="name",
        queryset=Customer.objects.all(),
    )

    class Meta:
        model = Order
        fields = ["customer"]
```

## Source

https://www.django-rest-framework.org/api-guide/relations/#slugrelatedfield
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.annotated_names import AnnotatedNames
from archlint.frameworks.django.query.objects.attributes import Attributes
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.drf.places import field_at
from archlint.frameworks.drf.slug_fields import slug_fields
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnknownSlugField(Rule, frozen=True):
    """Every field that stands for a related object by an attribute is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look each attribute up in the model."""
        attributes, annotated = project.view(Attributes), project.view(AnnotatedNames).names
        for one in slug_fields(project):
            has = attributes.has(ModelObject(one.model.key), one.slug)
            if has is None or (not has and one.slug in annotated):
                yield Outcome.UNKNOWN
            elif has:
                yield Outcome.KEPT
            else:
                yield self.finding(
                    field_at(project, one.field),
                    f"`{one.model.name}` has no `{one.slug}`, which stands for it in `{one.field.name}`",
                    near_or_all(one.slug, attributes.names(one.model)),
                    related=defined_at(project, one.model),
                )
