"""Foreign keys to a field that the target does not have, or that is not unique.

## Why is this bad?

`to_field` names the field of the target that the column refers to. One that does not exist, or whose values
may occur twice, is refused by Django's system checks (`fields.E311`, `fields.E312`), and with them
`runserver`, `migrate` and `test` stop.

## What to do

Name a field of the target that has `unique=True`, or leave `to_field` out and refer to the primary key.

## Bad

`shop/models.py`:

```python
from django.db import models


class Country(models.Model):
    code = models.CharField(max_length=2)


class City(models.Model):
    country = models.ForeignKey(  # error: [django/invalid-to-field] "not unique"
        Country, on_delete=models.CASCADE, to_field="code"
    )
    origin = models.ForeignKey(  # error: [django/invalid-to-field] "no field `iso`"
        Country, on_delete=models.CASCADE, to_field="iso", related_name="+"
    )
```

## Good

`shop/models.py`:

```python
from django.db import models


class Country(models.Model):
    code = models.CharField(max_length=2, unique=True)


class City(models.Model):
    country = models.ForeignKey(Country, on_delete=models.CASCADE, to_field="code")
    region = models.ForeignKey("Region", on_delete=models.CASCADE, to_field="number")


class Region(models.Model):
    number = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="region_number")]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/fields/#django.db.models.ForeignKey.to_field
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.models.arguments import given, literal
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.models.field_kinds import FOREIGN_KEY, MANY_TO_MANY, ONE_TO_ONE
from archlint.frameworks.django.models.meta_fields import unique_alone
from archlint.frameworks.django.places import declared_at, related
from archlint.frameworks.orm import Model, Relation
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict


class InvalidToField(Rule, frozen=True):
    """Every foreign key with `to_field` is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up what each of them names."""
        models = project.view(DjangoModels)
        for model, member, declaration in models.own():
            if not isinstance(member, Relation):
                continue
            composite = _composite(models, model, member, declaration)
            if composite is not None:
                yield self.finding(
                    declared_at(project, declaration),
                    f"`{declaration.name}` needs one key, and that of `{composite.name}` is made of several",
                    f"give `{composite.name}` a key of one field, or join by plain fields",
                )
                continue
            if declaration.kind not in (FOREIGN_KEY, ONE_TO_ONE):
                continue
            name = literal(given(declaration, "to_field"))
            if name is None:
                continue
            target = models.model(member.target)
            if not isinstance(name, str) or not isinstance(target, DjangoModel) or target.is_open:
                yield Outcome.UNKNOWN
                continue
            yield self._named(project, models, declaration, target, name)

    def _named(
        self, project: Project, models: DjangoModels, declaration: Declaration, target: DjangoModel, name: str
    ) -> Verdict:
        location = declared_at(project, declaration)
        found = target.member(name)
        if found is None or (isinstance(found, Relation) and found.is_reverse):
            hint = did_you_mean(name, target.fields, "name a unique field of the target")
            message = f"`{declaration.name}` refers to `{name}`, and `{target.name}` has no field `{name}`"
            return self.finding(location, message, hint, remedy=respelled(location, name, target.fields))
        held = models.declaration(target, name)
        if found.unique or found.primary_key:
            return Outcome.KEPT
        unique = unique_alone(target.meta, name)
        if unique or unique is None or (held is not None and not held.is_plain):
            return Outcome.KEPT if unique else Outcome.UNKNOWN
        return self.finding(
            location,
            f"`{declaration.name}` refers to `{name}` of `{target.name}`, which is not unique",
            f"give `{name}` `unique=True`, or leave `to_field` out",
            related=related(project, held, "the field is declared here") if held else (),
        )


def _takes_key(target: Model | None, declaration: Declaration) -> bool:
    """Whether a relation goes by the key of its target, named or not."""
    name = literal(given(declaration, "to_field"))
    if name is None:
        return True
    key = target.primary_key if target is not None else None
    return name == "pk" or (key is not None and key.name == name)


def _composite(
    models: DjangoModels, model: DjangoModel, member: Relation, declaration: Declaration
) -> DjangoModel | None:
    """The model of a relation whose key is made of several fields; None where both have one."""
    if declaration.kind not in (FOREIGN_KEY, ONE_TO_ONE, MANY_TO_MANY) or not declaration.is_plain:
        return None
    target = models.model(member.target)
    ends = [target] if _takes_key(target, declaration) else []
    if declaration.kind == MANY_TO_MANY:
        ends.append(model)
    for end in ends:
        key = end.primary_key if isinstance(end, DjangoModel) and not end.is_abstract else None
        if key is not None and key.kind.endswith(".CompositePrimaryKey"):
            return end if isinstance(end, DjangoModel) else None
    return None
