"""Methods that validate a value and do not return it.

## Why is this bad?

Forms and serializers go on with what `clean_title()`, `validate_title()` and `validate()` return. One that
returns nothing puts `None` in the place of what the client sent: the value is lost, and a serializer's
`validate()` fails with an `AssertionError` for everything that is valid.

Nothing is said of a field that is there only to be checked, as a password is: nobody reads its value.

## What to do

Return the value at the end.

## Bad

`notes/models.py`:

```python
from django.db import models


class Note(models.Model):
    title = models.CharField(max_length=20, null=True)
```

`notes/forms.py`:

```python
from django import forms

from notes.models import Note


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["title"]

    def clean_title(self):  # error: [django/unreturned-value] "`clean_title` returns nothing"
        if "!" in self.cleaned_data["title"]:
            raise forms.ValidationError("no shouting")
```

`notes/api.py`:

```python
from rest_framework import serializers

from notes.models import Note


class NoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Note
        fields = ["title"]

    def validate_title(self, value):  # error: [django/unreturned-value] "`validate_title` returns nothing"
        if len(value) < 2:
            raise serializers.ValidationError("too short")

    def validate(self, attrs):  # error: [django/unreturned-value] "`validate` returns nothing"
        if not attrs:
            raise serializers.ValidationError("empty")
```

## Good

`notes/models.py`:

```python
from django.db import models


class Note(models.Model):
    title = models.CharField(max_length=20, null=True)
```

`notes/forms.py`:

```python
from django import forms

from notes.models import Note


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["title"]

    def clean_title(self):
        title = self.cleaned_data["title"]
        if "!" in title:
            raise forms.ValidationError("no shouting")
        return title

    def clean(self):
        if not self.cleaned_data:
            raise forms.ValidationError("empty")
```

`notes/api.py`:

```python
from rest_framework import serializers

from notes.models import Note


class NoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Note
        fields = ["title"]

    def validate_title(self, value):
        if len(value) < 2:
            raise serializers.ValidationError("too short")
        return value.strip()

    def validate(self, attrs):
        return attrs
```

## Source

https://docs.djangoproject.com/en/5.2/ref/forms/validation/#cleaning-a-specific-field-attribute
https://www.django-rest-framework.org/api-guide/serializers/#field-level-validation
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import says
from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.forms.read_back import is_read_back
from archlint.frameworks.django.validating import validating
from archlint.frameworks.places.classes import function_at
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.rule import Outcome, Rule, Verdict


class UnreturnedValue(Rule, frozen=True):
    """Every such method is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the ways out of each."""
        for function in validating(project):
            is_shown = not function.module.is_stub and not function.fact.decorators
            if is_test(function.module.path) or not is_shown:
                yield Outcome.UNKNOWN
            elif _returns_nothing(project, function):
                if not _is_missed(project, function):
                    yield Outcome.UNKNOWN
                    continue
                yield self.finding(
                    function_at(project, function),
                    f"`{function.fact.name}` returns nothing, and `None` takes the place of what was valid",
                    "return the value at the end",
                )
            else:
                yield Outcome.KEPT


def _returns_nothing(project: Project, function: ProjectFunction) -> bool:
    """Whether it comes to an end, and never with a value."""
    returned = project.view(Functions).summary(function).returns
    if function.fact.is_generator or any(not says(each, None) for each in returned):
        return False
    ways_out = project.view(DataFlow).flow.root(function).exits
    return any(way.how in ("end", "return") for way in ways_out)


def _is_missed(project: Project, function: ProjectFunction) -> bool:
    """Whether anybody asks for the value: what is there only to be checked may be lost."""
    _, _, key = function.fact.name.partition("_")
    return not key or is_read_back(project, function, key)
