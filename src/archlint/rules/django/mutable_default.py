"""Defaults that all rows share: a list or dictionary instead of a function that makes one.

## Why is this bad?

The default of a `JSONField`, `ArrayField` or `HStoreField` is handed to every new object as it is. The
first that changes its value in place changes the default of all that come after (Django's system check
`fields.E010`, a warning).

## What to do

Name the type or a function, which Django calls for each object: `default=list`, `default=dict`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Product(models.Model):
    tags = models.JSONField(default=[])  # warning: [django/mutable-default] "shared"
    sizes = models.JSONField(default=dict())  # warning: [django/mutable-default] "shared"
```

## Good

`shop/models.py`:

```python
from django.db import models


def no_sizes():
    return {"s": 0}


class Product(models.Model):
    tags = models.JSONField(default=list)
    sizes = models.JSONField(default=no_sizes)
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/fields/#default
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, Collection, Comprehension, Expression, Mapping, Name
from archlint.finding import Remedy, Severity
from archlint.frameworks.django import DjangoModels
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.places.expressions import end_of
from archlint.project import Project
from archlint.remedies import replaced, uncalled
from archlint.rule import Outcome, Rule, Verdict

_KINDS = ("JSONField", "ArrayField", "HStoreField")


class MutableDefault(Rule, frozen=True):
    """Every default of a field that holds a list or a dictionary is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for displays of lists and dictionaries."""
        for _, _, declaration in project.view(DjangoModels).own():
            default = declaration.options.get("default")
            if default is None or not declaration.kind.endswith(_KINDS):
                continue
            made = _made(default)
            if not made:
                yield Outcome.KEPT
                continue
            yield self.finding(
                declared_at(project, declaration),
                f"the default of `{declaration.name}` is one {made}, shared by all rows",
                f"pass a function: `default={made}`, or one of your own",
                remedy=_remedy(project, declaration, default, made),
            )


def _remedy(project: Project, declaration: Declaration, default: Expression, made: str) -> Remedy | None:
    """The type itself, which makes an empty one each time."""
    if declaration.place is None:
        return None
    end = end_of(project, declaration.place.module, default)
    if isinstance(default, Call):
        return uncalled(end) if not default.arguments and not default.keywords else None
    is_empty = (isinstance(default, Collection) and not default.items) or (
        isinstance(default, Mapping) and not default.values
    )
    return replaced(end, made) if is_empty else None


def _made(value: Expression) -> str:
    """The type that an expression makes an object of; empty for anything but lists, sets and dictionaries."""
    if isinstance(value, Mapping):
        return "dict"
    if isinstance(value, (Collection, Comprehension)):
        return value.kind if value.kind in ("list", "set", "dict") else ""
    if isinstance(value, Call) and isinstance(value.function, Name):
        return value.function.id if value.function.id in ("list", "set", "dict") else ""
    return ""
