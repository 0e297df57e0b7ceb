"""Method fields of serializers without their method.

## Why is this bad?

A `SerializerMethodField` called `total` calls `get_total` of the serializer, or what `method_name` names. If
there is none, every response with such an object fails with `AttributeError`.

## What to do

Write the method, or name the one that is there.

## Bad

`shop/serializers.py`:

```python
from rest_framework import serializers


class OrderSerializer(serializers.Serializer):
    total = serializers.SerializerMethodField()  # error: [drf/missing-field-method] "no method `get_total`"

    def total_of(self, order):
        return sum(order.prices)
```

## Good

`shop/serializers.py`:

```python
from rest_framework import serializers


class OrderSerializer(serializers.Serializer):
    total = serializers.SerializerMethodField()
    tax = serializers.SerializerMethodField(method_name="tax_of")

    def get_total(self, order):
        return sum(order.prices)

    def tax_of(self, order):
        return self.get_total(order) // 5
```

## Source

https://www.django-rest-framework.org/api-guide/fields/#serializermethodfield
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.bindings import Kind
from archlint.facts.definitions import ClassFact
from archlint.facts.expressions import written_text
from archlint.finding import Finding, Severity
from archlint.frameworks.django.urls.making import argument
from archlint.frameworks.drf.places import field_at
from archlint.frameworks.drf.serializers import METHOD, Serializer, SerializerField, Serializers
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.rule import Outcome, Rule, Verdict


class MissingFieldMethod(Rule, frozen=True):
    """Every method field is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the method; a base without it is right where each class below it has it."""
        wrong: dict[int, Finding] = {}
        right: set[int] = set()
        for serializer in project.view(Serializers):
            for field in serializer.fields.values():
                if field.kind != METHOD:
                    continue
                there = self._has(project, serializer, field)
                if there is False:
                    wrong.setdefault(id(field.form), self._found(project, serializer, field))
                else:
                    right.add(id(field.form))
                    yield Outcome.UNKNOWN if there is None else Outcome.KEPT
        yield from (finding for key, finding in wrong.items() if key not in right)

    def _has(self, project: Project, serializer: Serializer, field: SerializerField) -> bool | None:
        name = _method(field)
        if name is None or not serializer.is_closed or field.cls is not None:
            return None
        hierarchy = project.view(ClassHierarchy)
        facts = [one.fact for one in hierarchy.order(serializer.cls) if isinstance(one, ProjectClass)]
        if any(name in fact.attributes or _finds_its_own(fact) for fact in facts):
            return None
        return any(member.name == name for fact in facts for member in fact.members)

    def _found(self, project: Project, serializer: Serializer, field: SerializerField) -> Finding:
        methods = [m.name for m in serializer.cls.fact.members if m.kind is Kind.FUNCTION]
        name = _method(field) or ""
        return self.finding(
            field_at(project, field),
            f"`{serializer.cls.fact.name}` has no method `{name}`, which `{field.name}` calls",
            near_or_all(name, methods, f"add `def {name}(self, obj)`"),
        )


def _finds_its_own(fact: ClassFact) -> bool:
    return any(member.name in ("__getattr__", "__getattribute__") for member in fact.members)


def _method(field: SerializerField) -> str | None:
    """The name of the method that a field calls; None where nobody can tell."""
    given = argument(field.form, 0, "method_name")
    if given is None:
        spread = field.may_be_set("") or len(field.form.arguments) > 0
        return None if spread else f"get_{field.name}"
    return written_text(given)
