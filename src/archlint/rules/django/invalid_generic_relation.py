"""Generic relations without the fields that they rest on.

## Why is this bad?

A `GenericForeignKey` is kept in two fields of its model: a foreign key to `ContentType`, and the key of the
object. Where one of them is missing or called otherwise, Django does not start. A `GenericRelation` is the
way back: it raises `FieldError` when it is read, if its target has no such pair.

## What to do

Name the two fields in the `GenericForeignKey`, and in the `GenericRelation`, as they are called:
`content_type` and `object_id` where nothing is said.

## Bad

`notes/models.py`:

```python
from django.contrib.auth.models import Group
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Note(models.Model):
    kind = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()
    subject = GenericForeignKey()  # error: [django/invalid-generic-relation] "no field `content_type`"


class Mark(models.Model):
    content_type = models.ForeignKey(Group, on_delete=models.CASCADE)
    key = models.PositiveIntegerField()
    subject = GenericForeignKey("content_type", "key")  # error: [django/invalid-generic-relation] "`Group`"


class Book(models.Model):
    marks = GenericRelation(Mark)  # error: [django/invalid-generic-relation] "`object_id`"
```

## Good

`notes/models.py`:

```python
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Note(models.Model):
    kind = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()
    subject = GenericForeignKey("kind")


class Mark(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    key = models.PositiveIntegerField()
    subject = GenericForeignKey(fk_field="key")


class Book(models.Model):
    marks = GenericRelation(Mark, object_id_field="key")
```

## Source

https://docs.djangoproject.com/en/5.2/ref/contrib/contenttypes/#generic-relations and the checks
`contenttypes.E001` to `contenttypes.E004` of generic foreign keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.models.arguments import given, literal
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.models.field_kinds import (
    GENERIC_FOREIGN_KEY,
    GENERIC_RELATION,
    WITH_COLUMN,
    known_kind,
)
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.orm import Field, Member, Relation
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_CONTENT_TYPE = "contenttypes.ContentType"
_KEY = ("ct_field", "fk_field")
_WAY_BACK = ("content_type_field", "object_id_field")


class InvalidGenericRelation(Rule, frozen=True):
    """Every generic foreign key, and every way back, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up the two fields."""
        models = project.view(DjangoModels)
        for model, member, declaration in models.own():
            if declaration.kind not in (GENERIC_FOREIGN_KEY, GENERIC_RELATION) or model.is_abstract:
                continue
            if not declaration.is_plain or not declaration.is_certain:
                yield Outcome.UNKNOWN
                continue
            if declaration.kind == GENERIC_FOREIGN_KEY:
                said = _of_key(models, model, declaration)
            else:
                said = _of_way_back(models, member, declaration)
            if said is None:
                yield Outcome.KEPT
                continue
            yield self.finding(declared_at(project, declaration), *said)


def _pair(declaration: Declaration, names: tuple[str, str]) -> tuple[str, str] | None:
    """The two names that a relation goes by; None where they cannot be seen."""
    texts: list[str] = []
    for name, usual in zip(names, ("content_type", "object_id"), strict=True):
        text = literal(given(declaration, name))
        if text is not None and not isinstance(text, str):
            return None
        texts.append(usual if text is None else text)
    return texts[0], texts[1]


def _of_key(models: DjangoModels, model: DjangoModel, declaration: Declaration) -> tuple[str, str] | None:
    pair = _pair(declaration, _KEY)
    if pair is None:
        return None
    for name in pair:
        if _member(model, name) is None and not model.is_open and not models.may_have(model, name):
            return (
                f"`{model.name}` has no field `{name}` for `{declaration.name}`",
                f"add `{name}`, or name another",
            )
    held = _member(model, pair[0])
    if isinstance(held, Field) and held.cls is None and known_kind(held.kind):
        return f"`{pair[0]}` is no foreign key to `ContentType`", "make it one"
    target = models.model(held.target) if isinstance(held, Relation) and held.kind in WITH_COLUMN else None
    if target is not None and target.label != _CONTENT_TYPE:
        return f"`{pair[0]}` leads to `{target.name}`, not to `ContentType`", "lead it to `ContentType`"
    return None


def _of_way_back(models: DjangoModels, member: Member, declaration: Declaration) -> tuple[str, str] | None:
    target = models.model(member.target) if isinstance(member, Relation) else None
    pair = _pair(declaration, _WAY_BACK)
    if pair is None or not isinstance(target, DjangoModel) or target.is_open or target.is_abstract:
        return None
    for name in pair:
        if _member(target, name) is None and not models.may_have(target, name):
            message = f"`{target.name}` has no field `{name}` for `{declaration.name}` to go by"
            return message, "name the fields of the generic foreign key that it has"
    return None


def _member(model: DjangoModel, name: str) -> Member | None:
    by_attribute = (one for one in model.relations.values() if one.attribute == name and not one.is_reverse)
    return model.member(name) or next(by_attribute, None)
