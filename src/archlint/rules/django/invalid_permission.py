"""Permissions of a model that Django refuses.

## Why is this bad?

Django makes four permissions for each model by itself: `add_order`, `change_order`, `delete_order` and
`view_order`. One in `Meta.permissions` of the same name, or two of one name, stop it from starting, as does
one that is longer than its column.

## What to do

Leave out what Django makes by itself, or choose another name.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()

    class Meta:
        permissions = [
            ("view_order", "Can see orders"),  # error: [django/invalid-permission] "by itself"
            ("ship_order", "Can send it"),
            ("ship_order", "Can send orders"),  # error: [django/invalid-permission] "twice"
        ]
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()

    class Meta:
        permissions = [
            ("view_all_orders", "Can see orders"),
            ("ship_order", "Can send orders"),
        ]


class Offer(models.Model):
    number = models.IntegerField()

    class Meta:
        default_permissions = ("add",)
        permissions = [("view_offer", "Can see offers")]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/options/#permissions and the checks `auth.E005`, `auth.E006`,
`auth.E008` and `auth.E012`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Collection, Expression, Literal
from archlint.finding import Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.places import model_at, written_at
from archlint.frameworks.inventory.texts import bound_at
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_ACTIONS = ("add", "change", "delete", "view")
_LONGEST_NAME = 255
_LONGEST_CODENAME = 100


class InvalidPermission(Rule, frozen=True):
    """Every permission that a model names is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the names, and for another of the same."""
        models = project.view(DjangoModels)
        told: set[int] = set()
        for model in models.declared():
            option = None if model.is_abstract or model.is_swapped else models.option(model, "permissions")
            if option is None or id(option.value) in told:
                continue
            told.add(id(option.value))
            bound = bound_at(project, option.module, "", option.value)
            home, listed = bound or (option.module, option.value)
            if not isinstance(listed, Collection):
                continue
            made = _made(model)
            seen: set[str] = set()
            for codename, name in _pairs(listed):
                said = _wrong(str(codename.value), name, made, seen)
                seen.add(str(codename.value))
                if said is None:
                    yield Outcome.KEPT
                    continue
                location = written_at(project, home, codename, model_at(project, model))
                yield self.finding(location, *said)


def _pairs(value: Collection) -> Iterator[tuple[Literal, Expression]]:
    for item in value.items:
        if isinstance(item, Collection) and len(item.items) == 2:
            codename, name = item.items
            if isinstance(codename, Literal) and isinstance(codename.value, str) and not codename.truncated:
                yield codename, name


def _made(model: DjangoModel) -> frozenset[str]:
    """The permissions that Django makes by itself, as far as that can be seen."""
    option = model.meta.get("default_permissions")
    actions: list[object] = list(_ACTIONS)
    if option is not None:
        items = option.items if isinstance(option, Collection) else ()
        actions = [item.value for item in items if isinstance(item, Literal)]
    return frozenset(f"{action}_{model.name.lower()}" for action in actions)


def _wrong(codename: str, name: Expression, made: frozenset[str], seen: set[str]) -> tuple[str, str] | None:
    if codename in made:
        return f"Django makes the permission `{codename}` by itself", "leave it out, or choose another name"
    if codename in seen:
        return f"the permission `{codename}` is there twice", "leave one of them out"
    if len(codename) > _LONGEST_CODENAME:
        return f"`{codename}` is longer than {_LONGEST_CODENAME} characters", "choose a shorter name"
    text = name.value if isinstance(name, Literal) else None
    if isinstance(text, str) and len(text) > _LONGEST_NAME:
        message = f"the name of the permission `{codename}` is longer than {_LONGEST_NAME} characters"
        return message, "choose a shorter name"
    return None
