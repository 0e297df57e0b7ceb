"""Serializers that are made for one object and given many, or the other way round.

## Why is this bad?

Without `many=True` a serializer reads its fields off what it is given: of a query set that is an
`AttributeError`, or an answer without any rows where all fields are read-only. With `many=True` it loops over
what it is given, and an object of a model is a `TypeError`.

## What to do

Give `many=True` with rows, and leave it out with one object.

## Bad

`fish/models.py`:

```python
from django.db import models


class Fish(models.Model):
    name = models.CharField(max_length=20)
```

`fish/api.py`:

```python
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from fish.models import Fish


class FishSerializer(serializers.ModelSerializer):
    class Meta:
        model = Fish
        fields = ["name"]


@api_view(["GET"])
def all_fish(request):
    fish = Fish.objects.order_by("name")
    return Response(FishSerializer(fish).data)  # error: [drf/mistaken-many] "is given a query set of `Fish`"


@api_view(["GET"])
def one_fish(request):
    fish = Fish.objects.get(name="tuna")
    return Response(FishSerializer(fish, many=True).data)  # error: [drf/mistaken-many] "is given one `Fish`"
```

## Good

`fish/models.py`:

```python
from django.db import models


class Fish(models.Model):
    name = models.CharField(max_length=20)
```

`fish/api.py`:

```python
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from fish.models import Fish


class FishSerializer(serializers.ModelSerializer):
    class Meta:
        model = Fish
        fields = ["name"]


@api_view(["GET"])
def all_fish(request):
    fish = Fish.objects.order_by("name")
    return Response(FishSerializer(fish, many=True).data)


@api_view(["GET"])
def one_fish(request):
    fish = Fish.objects.get(name="tuna")
    return Response(FishSerializer(fish).data)
```

## Source

https://www.django-rest-framework.org/api-guide/serializers/#dealing-with-multiple-objects
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import written_text
from archlint.finding import Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.drf.serializers import METHOD, Serializers
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.classes import ProjectClass, class_itself
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Arguments, Constant, only
from archlint.rule import Outcome, Rule, Verdict

_STEERING = ("__init__", "__new__", "to_representation", "data", "many_init")


class MistakenMany(Rule, frozen=True):
    """Every call that gives a serializer objects of a model is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare `many` with what is given."""
        told: set[object] = set()
        for trace, event in project.view(DataFlow).events(Called):
            cls = class_itself(event.callee)
            if cls is None or event.arguments.get("instance", 0) is None:
                continue
            if event.arguments.is_open or not _is_plain(project, cls):
                yield Outcome.UNKNOWN
                continue
            said = _mistaken(project, cls, event.arguments)
            at = spot(project, trace.module, event.form)
            if said is None or at in told:
                yield Outcome.KEPT
                continue
            told.add(at)
            given, hint = said
            yield self.finding(at, f"`{cls.fact.name}` is given {given}", hint)


def _is_plain(project: Project, cls: ProjectClass) -> bool:
    """Whether a class is a serializer that does with its object what REST framework does."""
    if project.view(Serializers).of(cls) is None:
        return False
    values = project.view(ClassValues)
    return all(values.of(cls, name) is None for name in _STEERING)


def _reads_one(project: Project, cls: ProjectClass) -> bool:
    """Whether some field reads an attribute of the object: methods, and `source="*"`, may take them all."""
    serializer = project.view(Serializers).of(cls)
    if serializer is None or serializer.is_model:
        return True
    return any(
        one.kind != METHOD and written_text(one.option("source")) != "*" for one in serializer.fields.values()
    )


def _mistaken(project: Project, cls: ProjectClass, arguments: Arguments) -> tuple[str, str] | None:
    """What is given that does not suit `many`, and what to do; None where it suits, or nobody can tell."""
    given, many = arguments.get("instance", 0), arguments.get("many")
    sets, objects = query_sets(given), only(given, ModelObject) if given is not None else ()
    if sets and many in (None, Constant(False)) and _reads_one(project, cls):
        model = sets[0].model.rpartition(".")[2]
        return f"a query set of `{model}`, and is made for one object", "add `many=True`"
    if objects and many == Constant(True):
        model = objects[0].model.rpartition(".")[2]
        return f"one `{model}`, and is made for many", "leave `many=True` out"
    return None
