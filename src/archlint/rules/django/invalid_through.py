"""Many-to-many relations through a model that does not join the two sides.

## Why is this bad?

The model given as `through` needs one foreign key to each side. Without one, or with two to the same side and
no `through_fields` that says which, Django's system checks refuse the relation (`fields.E331` to `E339`), and
with them `runserver`, `migrate` and `test` stop.

## What to do

Give the `through` model a foreign key to each side; where it has several, name the two that count:
`through_fields=("group", "person")`, the one to the model itself first.

## Bad

`clubs/models.py`:

```python
from django.db import models


class Person(models.Model): ...


class Club(models.Model):
    members = models.ManyToManyField(  # error: [django/invalid-through] "no foreign key to `Person`"
        Person, through="Membership"
    )
    guests = models.ManyToManyField(  # error: [django/invalid-through] "2 foreign keys to `Person`"
        Person, through="Visit", related_name="+"
    )
    staff = models.ManyToManyField(  # error: [django/invalid-through] "no model `Job`"
        Person, through="Job", related_name="+"
    )
    hosts = models.ManyToManyField(  # error: [django/invalid-through] "`gest`"
        Person, through="Visit", through_fields=("club", "gest"), related_name="+"
    )


class Membership(models.Model):
    club = models.ForeignKey(Club, on_delete=models.CASCADE)


class Visit(models.Model):
    club = models.ForeignKey(Club, on_delete=models.CASCADE)
    guest = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
```

## Good

`clubs/models.py`:

```python
from django.db import models


class Person(models.Model):
    friends = models.ManyToManyField("self", through="Friendship")


class Friendship(models.Model):
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")


class Club(models.Model):
    members = models.ManyToManyField(Person, through="Membership")
    guests = models.ManyToManyField(
        Person, through="Visit", through_fields=("club", "guest"), related_name="+"
    )


class Membership(models.Model):
    club = models.ForeignKey(Club, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)


class Visit(models.Model):
    club = models.ForeignKey(Club, on_delete=models.CASCADE)
    guest = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/fields/#django.db.models.ManyToManyField.through_fields
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Collection, Expression
from archlint.finding import Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.models.arguments import given, literal
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.models.field_kinds import MANY_TO_MANY
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.django.settings.installation import Installation
from archlint.frameworks.orm import Cardinality, Relation
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class InvalidThrough(Rule, frozen=True):
    """Every many-to-many relation with a `through` model is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Count the foreign keys of the `through` model to both sides."""
        models = project.view(DjangoModels)
        for model, member, declaration in models.own():
            through = given(declaration, "through") if declaration.kind == MANY_TO_MANY else None
            if through is None or not isinstance(member, Relation) or literal(through) is None:
                continue
            twin = _twin(models, model, member, declaration)
            if twin:
                problem = f"`{declaration.name}` joins by the same rows as `{twin}`"
                hint = "leave one of the two out, or tell them apart by `through_fields`"
                yield self.finding(declared_at(project, declaration), problem, hint)
                continue
            joining, target = models.model(member.through), models.model(member.target)
            problem, hint = _missing(project, models, model, declaration)
            if problem:
                yield self.finding(declared_at(project, declaration), problem, hint)
                continue
            sides = (joining, target)
            if model.is_abstract or any(not isinstance(s, DjangoModel) or s.is_open for s in sides):
                yield Outcome.UNKNOWN
                continue
            assert isinstance(joining, DjangoModel)
            assert isinstance(target, DjangoModel)
            fields = given(declaration, "through_fields")
            if fields is not None:
                problem, hint = _named(models, fields, joining, model, target)
            else:
                problem, hint = _counted(models, joining, model, target)
            if not problem:
                yield Outcome.KEPT
                continue
            location = declared_at(project, declaration)
            yield self.finding(location, f"`{declaration.name}`: {problem}", hint)


def _twin(models: DjangoModels, model: DjangoModel, member: Relation, declaration: Declaration) -> str:
    """The field above that is the same relation by another name; empty where there is none."""
    meant = _meant(member, declaration)
    for other in model.relations.values():
        if other.name == member.name:
            return ""
        held = models.declaration(model, other.name) if other.kind == MANY_TO_MANY else None
        if held is not None and meant is not None and not other.is_reverse and _meant(other, held) == meant:
            return other.name
    return ""


def _meant(member: Relation, declaration: Declaration) -> tuple[object, ...] | None:
    """What a relation joins, and by which fields; None where nobody can tell."""
    fields = given(declaration, "through_fields")
    items = fields.items if isinstance(fields, Collection) else ()
    names = tuple(literal(item) for item in items)
    is_seen = fields is None or (isinstance(fields, Collection) and ... not in names)
    if not (is_seen and member.target and member.through and declaration.is_certain):
        return None
    return member.target, member.through, names


def _missing(
    project: Project, models: DjangoModels, model: DjangoModel, declaration: Declaration
) -> tuple[str, str]:
    """What is wrong where the text given as `through` names no model."""
    meant = models.through(model, declaration.name)
    if not meant.is_text or meant.key or model.is_abstract or not declaration.is_certain:
        return "", ""
    label = meant.text if "." in meant.text else f"{model.app_label}.{meant.text}"
    app, _, name = label.rpartition(".")
    if not project.view(Installation).lacks(app, name):
        return "", ""
    problem = f"`{declaration.name}`: there is no model `{name}` in the app `{app}`"
    return problem, "name the model that joins the two sides"


def _counted(
    models: DjangoModels, joining: DjangoModel, source: DjangoModel, target: DjangoModel
) -> tuple[str, str]:
    """What is wrong with the number of foreign keys, and what to do; empty if nothing is."""
    if source.concrete == target.concrete:
        keys = _keys(models, joining, source)
        if len(keys) == 2:
            return "", ""
        if len(keys) > 2:
            return _several(joining, source, keys)
        return (
            f"`{joining.name}` needs two foreign keys to `{source.name}`, it has {len(keys)}",
            "add the missing one",
        )
    for side in (source, target):
        keys = _keys(models, joining, side)
        if not keys:
            return f"`{joining.name}` has no foreign key to `{side.name}`", f"add one to `{joining.name}`"
        if len(keys) > 1:
            return _several(joining, side, keys)
    return "", ""


def _several(joining: DjangoModel, side: DjangoModel, keys: list[str]) -> tuple[str, str]:
    names = ", ".join(f"`{key}`" for key in keys)
    return (
        f"`{joining.name}` has {len(keys)} foreign keys to `{side.name}` ({names})",
        "say which one counts with `through_fields`",
    )


def _named(
    models: DjangoModels, fields: Expression, joining: DjangoModel, source: DjangoModel, target: DjangoModel
) -> tuple[str, str]:
    """What is wrong with the names in `through_fields`."""
    names = [literal(item) for item in fields.items] if isinstance(fields, Collection) else []
    if not isinstance(fields, Collection) or any(name is ... for name in names):
        return "", ""
    if len(names) < 2 or not all(isinstance(name, str) and name for name in names):
        return "`through_fields` has to name two foreign keys", "name the one to the model itself first"
    for name, side in zip(names, (source, target), strict=False):
        keys = _keys(models, joining, side)
        if name in keys:
            continue
        only = f"did you mean `{keys[0]}`?" if keys else f"add a foreign key to `{side.name}`"
        hint = did_you_mean(str(name), keys, only)
        return f"`{name}` in `through_fields` is not a foreign key of `{joining.name}` to `{side.name}`", hint
    return "", ""


def _keys(models: DjangoModels, joining: DjangoModel, side: DjangoModel) -> list[str]:
    """The foreign keys of the joining model that lead to one side, or to a parent whose table it shares."""
    found = []
    for name, relation in joining.relations.items():
        if relation.is_reverse or relation.cardinality is Cardinality.MANY_TO_MANY:
            continue
        target = models.model(relation.target)
        if isinstance(target, DjangoModel) and target.concrete == side.concrete:
            found.append(name)
    return found
