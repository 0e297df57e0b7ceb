"""Serializer fields whose `source` repeats their own name.

## Why is this bad?

A field takes its value from the attribute of its own name by itself. REST framework refuses to be told so:
when the fields of the serializer are first needed, at the first request, it raises ``AssertionError: It is
redundant to specify `source='username'` …``.

## What to do

Drop `source`, or give the field another name.

## Bad

`forum/serializers.py`:

```python
from rest_framework import serializers


class MemberSerializer(serializers.Serializer):
    username = serializers.CharField(source="username")  # error: [drf/redundant-source] "`username`"
```

## Good

`forum/serializers.py`:

```python
from rest_framework import serializers


class MemberSerializer(serializers.Serializer):
    username = serializers.CharField()
    login = serializers.CharField(source="username")
```

## Source

https://www.django-rest-framework.org/api-guide/fields/#source
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Literal
from archlint.finding import Act, Severity
from archlint.frameworks.drf.places import field_at
from archlint.frameworks.drf.serializers import SerializerField, Serializers
from archlint.frameworks.drf.sources import renames
from archlint.project import Project
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict


class RedundantSource(Rule, frozen=True):
    """Every `source` of a field is a place, in the class body and in `extra_kwargs`."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare each source with the name of its field."""
        met: set[int] = set()
        for serializer in project.view(Serializers):
            for field in serializer.fields.values():
                if id(field.form) not in met:
                    met.add(id(field.form))
                    yield from self._field(project, field)
            option = serializer.options.get("extra_kwargs")
            if option is None or not serializer.is_model or id(option.value) in met:
                continue
            met.add(id(option.value))
            for name, form in renames(serializer):
                if name in serializer.fields or form.value != name:
                    yield Outcome.KEPT
                    continue
                place = project.location(option.holder.module, form.line, form.column)
                yield self.finding(
                    place, f"`{name}` takes its value from `{name}` by itself", "drop `source`"
                )

    def _field(self, project: Project, field: SerializerField) -> Iterator[Verdict]:
        source = field.option("source")
        if source is None:
            return
        if not isinstance(source, Literal):
            yield Outcome.UNKNOWN
        elif source.value != field.name:
            yield Outcome.KEPT
        else:
            place = field_at(project, field)
            yield self.finding(
                place,
                f"`{field.name}` takes its value from `{field.name}` by itself",
                "drop `source`, or give the field another name",
                remedy=stepped(Act.OMIT, place, "", "source") if field.is_written_here else None,
            )
