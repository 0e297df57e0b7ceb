"""Models with two primary keys, or with a field `id` that is not the primary key.

## Why is this bad?

A table has one primary key. Where no field says `primary_key=True`, Django adds one named `id`, and a field
of that name would stand in its way. Django's system checks refuse both (`models.E026`, `models.E004`), and
with them `runserver`, `migrate` and `test` stop.

## What to do

Keep `primary_key=True` on one field; several columns that are unique together are a `UniqueConstraint`. Give
a field named `id` `primary_key=True`, or another name.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField(primary_key=True)
    code = models.CharField(  # error: [django/invalid-primary-key] "`number`"
        max_length=9, primary_key=True
    )


class Item(models.Model):
    id = models.IntegerField()  # error: [django/invalid-primary-key] "not the primary key"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField(primary_key=True)
    code = models.CharField(max_length=9, unique=True)


class Item(models.Model):
    id = models.UUIDField(primary_key=True)
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#models
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.models.arguments import is_true, literal
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.models.field_kinds import COMPOSITE
from archlint.frameworks.django.places import declared_at, related
from archlint.frameworks.orm import Relation
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class InvalidPrimaryKey(Rule, frozen=True):
    """Every model with a table of its own is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Count the primary keys of each model."""
        models = project.view(DjangoModels)
        for model in models.declared():
            if model.is_abstract or model.is_proxy:
                continue
            found = [models.declaration(model, name) for name in model.local]
            declared = [d for d in found if d is not None and d.place is not None and d.is_certain]
            declared.sort(key=_place)
            keys = [declaration for declaration in declared if _is_key(declaration)]
            yield self._model(project, model, declared, keys)
            for key in keys:
                if key.kind == COMPOSITE:
                    yield self._composite(project, models, model, key)

    def _composite(
        self, project: Project, models: DjangoModels, model: DjangoModel, key: Declaration
    ) -> Verdict:
        """A key of several fields."""
        if not key.is_plain:
            return Outcome.UNKNOWN
        said = _parts(models, model, [literal(one) for one in key.arguments])
        if key.name != "pk":
            said = f"a `CompositePrimaryKey` is called `pk`, not `{key.name}`"
        if not said:
            return Outcome.KEPT
        hint = "name fields of the model itself that are never null, each once"
        at = declared_at(project, key)
        return self.finding(
            at, f"the key of `{model.name}`: {said}", "rename it" if key.name != "pk" else hint
        )

    def _model(
        self, project: Project, model: DjangoModel, declared: list[Declaration], keys: list[Declaration]
    ) -> Verdict:
        if any(not declaration.is_plain for declaration in declared) or model.is_open:
            return Outcome.UNKNOWN
        if len(keys) > 1:
            first, second = keys[:2]
            return self.finding(
                declared_at(project, second),
                f"`{second.name}` is a second primary key of `{model.name}`, beside `{first.name}`",
                "keep `primary_key=True` on one of them",
                related=related(project, first, "the first is declared here"),
            )
        named = next((declaration for declaration in declared if declaration.name == "id"), None)
        if named is not None and named.kind and not keys and is_true(named, "primary_key") is False:
            return self.finding(
                declared_at(project, named),
                f"`id` of `{model.name}` is not the primary key, and Django would add one of that name",
                "give it `primary_key=True`, or another name",
            )
        return Outcome.KEPT


def _parts(models: DjangoModels, model: DjangoModel, names: list[object]) -> str:
    """What is wrong with the fields that a key is made of; empty where nothing is."""
    columns: set[str] = set()
    for name in names:
        if not isinstance(name, str):
            return ""
        member = model.member(name) or next(
            (r for r in model.relations.values() if r.attribute == name), None
        )
        if member is None or (isinstance(member, Relation) and (member.is_reverse or not member.attribute)):
            is_known = not model.is_open and not models.may_have(model, name)
            return f"`{name}` is no field of `{model.name}` with a column" if is_known else ""
        if member.kind == COMPOSITE:
            return "the key is made of itself"
        if member.null:
            return f"`{name}` may be null"
        if member.kind.endswith(".GeneratedField"):
            return f"`{name}` is generated"
        if member.name not in model.local:
            return f"`{name}` is a field of a parent model, in another table"
        if member.name in columns:
            return f"`{name}` is named twice"
        columns.add(member.name)
    return ""


def _is_key(declaration: Declaration) -> bool:
    return declaration.kind == COMPOSITE or is_true(declaration, "primary_key") is True


def _place(declaration: Declaration) -> tuple[str, int, int]:
    place = declaration.place
    return ("", 0, 0) if place is None else (place.module.path, place.line, place.column)
