"""Related fields of serializers that can be written and have no query set.

## Why is this bad?

To turn a key into an object, a related field has to know where to look for it. Without `queryset`, and if it
is not read-only, REST framework raises `AssertionError: Relational field must provide a queryset argument …`
as soon as the module is imported.

## What to do

Pass `queryset=…` if clients may set it, or `read_only=True` if they may not; never both.

## Bad

`shop/serializers.py`:

```python
from rest_framework import serializers


class OrderSerializer(serializers.Serializer):
    buyer = serializers.PrimaryKeyRelatedField()  # error: [drf/related-field-without-queryset] "`buyer`"
```

## Good

`shop/serializers.py`:

```python
from rest_framework import serializers


class OrderSerializer(serializers.Serializer):
    customer = serializers.PrimaryKeyRelatedField(read_only=True)
    label = serializers.StringRelatedField()
```

## Source

https://www.django-rest-framework.org/api-guide/relations/#the-queryset-argument
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Literal
from archlint.finding import Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.drf.field_classes import RELATED
from archlint.frameworks.drf.places import field_at
from archlint.frameworks.drf.serializers import SerializerField, Serializers
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RelatedFieldWithoutQueryset(Rule, frozen=True):
    """Every related field that is declared is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the arguments."""
        met: set[int] = set()
        for serializer in project.view(Serializers):
            for field in serializer.fields.values():
                if field.kind in RELATED and id(field.form) not in met:
                    met.add(id(field.form))
                    yield self._field(project, field)

    def _field(self, project: Project, field: SerializerField) -> Verdict:
        if field.may_be_set("queryset") and field.is_set("read_only") and _is_something(field):
            return self.finding(
                field_at(project, field),
                f"`{field.name}` is read-only and has a query set",
                "drop one of `queryset` and `read_only=True`",
            )
        if field.may_be_set("queryset") or field.is_set("read_only"):
            return Outcome.KEPT
        if field.may_be_set("read_only") or _brings_its_own(project, field):
            return Outcome.UNKNOWN
        return self.finding(
            field_at(project, field),
            f"`{field.name}` can be written and has no `queryset`",
            "pass `queryset=…`, or `read_only=True`",
        )


def _is_something(field: SerializerField) -> bool:
    """Whether a query set is given that surely is one."""
    value = field.option("queryset")
    return value is not None and not isinstance(value, Literal) and not _is_conditional(value)


def _is_conditional(value: object) -> bool:
    return value.__class__.__name__ in ("Conditional", "Operation", "Name")


def _brings_its_own(project: Project, field: SerializerField) -> bool:
    """Whether a class of the project may have a query set by itself."""
    if field.cls is None:
        return False
    values = project.view(ClassValues)
    names = ("queryset", "get_queryset", "__init__", "__new__", "many_init")
    outside = values.outside(field.cls) or ("",)
    strangers = any(not name.startswith("rest_framework.") for name in outside)
    return strangers or any(values.of(field.cls, name) is not None for name in names)
