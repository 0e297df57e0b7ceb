"""Model serializers that do not say which fields they have.

## Why is this bad?

Since version 3.5, REST framework refuses a `ModelSerializer` whose `Meta` has neither `fields` nor
`exclude`, or both, or no `Meta.model`: at the first request it raises `AssertionError`. A `fields` that is
a text other than `"__all__"` is a `TypeError`: `("name")` is a text, `("name",)` a tuple.

## What to do

List the fields; `fields = "__all__"` takes them all.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:  # error: [drf/missing-fields-option] "neither `fields` nor `exclude`"
        model = Order


class ShortSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ("number")  # error: [drf/missing-fields-option] "`fields` is a text"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = "__all__"


class ShortSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ("number",)
```

## Source

https://www.django-rest-framework.org/api-guide/serializers/#specifying-which-fields-to-include
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import last_name
from archlint.finding import Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.drf.serializers import Serializer, Serializers
from archlint.frameworks.listed import Listed
from archlint.frameworks.places.classes import class_at, option_at
from archlint.project import Project
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions
from archlint.rule import Outcome, Rule, Verdict


class MissingFieldsOption(Rule, frozen=True):
    """Every `Meta` of a model's serializer is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at `fields` and `exclude`."""
        met: set[ProjectClass] = set()
        for serializer in project.view(Serializers):
            if not serializer.is_model or serializer.meta is None or serializer.meta in met:
                continue
            met.add(serializer.meta)
            yield self._meta(project, serializer, serializer.meta)

    def _meta(self, project: Project, serializer: Serializer, meta: ProjectClass) -> Verdict:
        order = project.view(ClassHierarchy).order(meta)
        is_whole = all(isinstance(one, ProjectClass) for one in order) and serializer.is_closed
        options = serializer.options
        if not is_whole or "model" not in options or serializer.model is None:
            return Outcome.UNKNOWN
        if "fields" not in options and "exclude" not in options:
            if _writes_alone(project, serializer.cls) or project.view(ClassHierarchy).below(meta):
                return Outcome.UNKNOWN  # nobody may ever ask for its fields, but for those of heirs
            return self.finding(
                class_at(project, meta),
                f"`Meta` of `{serializer.cls.fact.name}` has neither `fields` nor `exclude`",
                'list the fields, or set `fields = "__all__"`',
            )
        listed = project.view(Listed)
        fields = listed.of(options["fields"]) if "fields" in options else None
        exclude = listed.of(options["exclude"]) if "exclude" in options else None
        if fields is not None and fields.text not in ("", "__all__"):
            return self.finding(
                option_at(project, options["fields"]),
                "`fields` is a text, and neither a list nor a tuple",
                f'write `("{fields.text}",)` with a comma',
            )
        if fields is not None and exclude is not None and (fields.names or fields.text) and exclude.names:
            return self.finding(
                option_at(project, options["exclude"]),
                f"`Meta` of `{serializer.cls.fact.name}` has both `fields` and `exclude`",
                "drop one of the two",
            )
        return Outcome.KEPT


def _writes_alone(project: Project, cls: ProjectClass) -> bool:
    """Whether a serializer makes what it writes out without asking REST framework for it."""
    found = project.view(ClassValues).of(cls, _WRITES)
    if found is None or found.function is None:
        return found is not None
    calls = project.view(Functions).summary(found.function).calls
    return all(last_name(site.call.function) != _WRITES for site in calls)


_WRITES = "to_representation"
