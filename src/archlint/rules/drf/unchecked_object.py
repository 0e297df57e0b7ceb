"""Views that find their object on their own, and never ask their permission classes about it.

## Why is this bad?

`has_object_permission()` is asked by `check_object_permissions()`, and that is called by REST framework's own
`get_object()`. A view that writes its own `get_object()` without it lets everybody have every object, though
its `permission_classes` say who may.

## What to do

Call `self.check_object_permissions(self.request, obj)` before `get_object()` returns the object.

## Bad

`farm/models.py`:

```python
from django.db import models


class Field(models.Model):
    name = models.CharField(max_length=80)
    owner_id = models.IntegerField()
```

`farm/views.py`:

```python
from django.shortcuts import get_object_or_404
from rest_framework import generics, permissions, serializers

from farm.models import Field


class OwnsField(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.owner_id == request.user.pk


class FieldSerializer(serializers.ModelSerializer):
    class Meta:
        model = Field
        fields = ["name"]


class FieldDetail(generics.RetrieveUpdateAPIView):
    queryset = Field.objects.all()
    serializer_class = FieldSerializer
    permission_classes = [OwnsField]

    def get_object(self):  # warning: [drf/unchecked-object] "never asks"
        return get_object_or_404(Field, name=self.kwargs["name"])
```

## Good

`farm/models.py`:

```python
from django.db import models


class Field(models.Model):
    name = models.CharField(max_length=80)
    owner_id = models.IntegerField()
```

`farm/views.py`:

```python
from django.shortcuts import get_object_or_404
from rest_framework import generics, permissions, serializers

from farm.models import Field


class OwnsField(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.owner_id == request.user.pk


class FieldSerializer(serializers.ModelSerializer):
    class Meta:
        model = Field
        fields = ["name"]


class FieldDetail(generics.RetrieveUpdateAPIView):
    queryset = Field.objects.all()
    serializer_class = FieldSerializer
    permission_classes = [OwnsField]

    def get_object(self):
        field = get_object_or_404(Field, name=self.kwargs["name"])
        self.check_object_permissions(self.request, field)
        return field
```

## When not to use it

A view whose query set or `get_object()` speaks of the request or its user is left alone: it may choose the
objects itself.

## Source

https://www.django-rest-framework.org/api-guide/permissions/#object-level-permissions
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.drf.object_permissions import unasked_about_objects
from archlint.frameworks.places.classes import class_at, function_at
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UncheckedObject(Rule, frozen=True):
    """Every view whose permission classes are about objects is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at how each of them finds its object."""
        told: set[object] = set()
        for view, finder in unasked_about_objects(project):
            if finder is None or finder in told:
                yield Outcome.KEPT
                continue
            told.add(finder)
            yield self.finding(
                function_at(project, finder),
                "this `get_object()` never asks the permission classes about the object it returns",
                "call `self.check_object_permissions(self.request, …)` with it",
                related=(Related(class_at(project, view), "this view says who may have which object"),),
            )
