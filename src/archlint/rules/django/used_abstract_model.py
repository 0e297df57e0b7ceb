"""Objects and rows of an abstract model.

## Why is this bad?

An abstract model has no table: `Document()` is a `TypeError` if `Document` is abstract, and
`Document.objects` an `AttributeError`, even where the class defines a manager for its heirs.

## What to do

Use a model that inherits from it, or ask each of them.

## Bad

`archive/models.py`:

```python
from django.db import models


class Document(models.Model):
    title = models.CharField(max_length=20)

    class Meta:
        abstract = True


class Letter(Document):
    pass
```

`archive/services.py`:

```python
from archive.models import Document


def draft():
    return Document(title="a")  # error: [django/used-abstract-model] "is abstract and has no objects"


def drafts():
    return list(Document.objects.filter(title="a"))  # error: [django/used-abstract-model] "has no `objects`"
```

## Good

`archive/models.py`:

```python
from django.db import models


class Document(models.Model):
    title = models.CharField(max_length=20)

    class Meta:
        abstract = True

    @classmethod
    def titled(cls, title):
        return cls.objects.filter(title=title)


class Letter(Document):
    pass
```

`archive/services.py`:

```python
from archive.models import Letter


def draft():
    return Letter(title="a")


def drafts():
    return list(Letter.titled("a"))
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/models/#abstract-base-classes
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.refusals.abstract_use import abstract_uses
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UsedAbstractModel(Rule, frozen=True):
    """Every call that names a model is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for calls of abstract models and of their managers."""
        told: set[object] = set()
        for one in abstract_uses(project):
            if one is None or one.location in told:
                yield Outcome.KEPT
                continue
            told.add(one.location)
            yield self.finding(one.location, one.message, one.hint)
