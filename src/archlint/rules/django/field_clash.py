"""Fields of a model that clash with a field of a parent model, or with each other.

## Why is this bad?

A model that inherits from a model with a table of its own shares its fields. Declaring one of them again
raises `FieldError` when the class is made; two parents with a field of the same name, or a field called like
the column attribute of a foreign key (`author_id` beside `author`), are refused by Django's system checks
(`models.E005`, `models.E006`), and with them `runserver`, `migrate` and `test` stop.

## What to do

Rename one of the two, or make the parent abstract: fields of abstract parents may be declared anew.

## Bad

`places/models.py`:

```python
from django.db import models


class Place(models.Model):
    name = models.CharField(max_length=80)


class Cafe(Place):
    name = models.CharField(max_length=40)  # error: [django/field-clash] "`Place` has a field `name`"


class Visit(models.Model):
    cafe = models.ForeignKey(Cafe, on_delete=models.CASCADE)
    cafe_id = models.IntegerField()  # error: [django/field-clash] "`cafe`"
```

## Good

`places/models.py`:

```python
from django.db import models


class Named(models.Model):
    name = models.CharField(max_length=80)

    class Meta:
        abstract = True


class Cafe(Named):
    name = models.CharField(max_length=40)


class Bar(Cafe):
    smoke = models.BooleanField()


class Visit(models.Model):
    cafe = models.ForeignKey(Cafe, on_delete=models.CASCADE)
    cafe_number = models.IntegerField()
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/models/#field-name-hiding-is-not-permitted
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import written_text
from archlint.finding import Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.places import declared_at, model_at, related
from archlint.frameworks.orm import Field, Member, Relation
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class FieldClash(Rule, frozen=True):
    """Every field of a model that shares its table or its parents' is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the names and column attributes of each model with those of its parents."""
        models = project.view(DjangoModels)
        for model in models.declared():
            if model.is_abstract or model.is_proxy:
                continue
            if models.is_made_otherwise(model):
                yield Outcome.UNKNOWN
                continue
            yield from self._with_parents(project, models, model)
            yield from self._with_ways_back(project, models, model)
            yield from self._with_each_other(project, models, model)
            yield from self._in_one_column(project, models, model)

    def _with_parents(self, project: Project, models: DjangoModels, model: DjangoModel) -> Iterator[Verdict]:
        seen: dict[str, DjangoModel] = {}
        attributes: dict[str, DjangoModel] = {}
        for parent in _concrete_parents(models, model):
            for name in parent.local:
                member = parent.member(name)
                if member is None or _is_many(member):
                    continue
                if isinstance(member, Relation) and member.attribute:
                    attributes.setdefault(member.attribute, parent)
                holder = seen.get(name)
                if holder is not None and holder is not parent:
                    yield self.finding(
                        model_at(project, model),
                        f"the parents `{holder.name}` and `{parent.name}` of `{model.name}` both have "
                        f"a field `{name}`",
                        "rename one of the two, or make one parent abstract",
                    )
                seen.setdefault(name, parent)
        for name in model.local:
            own = model.member(name)
            attribute = own.attribute if isinstance(own, Relation) else ""
            holder = seen.get(name) or attributes.get(name) or (seen.get(attribute) if attribute else None)
            declaration = models.declaration(model, name)
            if declaration is None or declaration.place is None or not declaration.is_certain:
                continue
            if holder is None or not declaration.kind:
                yield Outcome.KEPT
                continue
            first = models.declaration(holder, name)
            if first is not None and (not first.kind or not first.is_certain):
                yield Outcome.UNKNOWN
                continue
            yield self.finding(
                declared_at(project, declaration),
                f"`{model.name}` declares `{name}`, but its parent `{holder.name}` has a field "
                f"`{name if name in seen or name in attributes else attribute}`",
                f"rename one of the two, or make `{holder.name}` abstract",
                related=related(project, first, "the parent's field is declared here") if first else (),
            )

    def _with_ways_back(
        self, project: Project, models: DjangoModels, model: DjangoModel
    ) -> Iterator[Verdict]:
        """A child has what relations give its parent: the parent's way to the child itself, too."""
        for parent in _concrete_parents(models, model):
            for pointer in models.pointing_at(parent.key):
                declaration = models.declaration(model, pointer.query_name)
                owner = models.model(pointer.model)
                if pointer.query_name not in model.local or declaration is None or declaration.place is None:
                    continue
                if not declaration.kind or not declaration.is_certain or not isinstance(owner, DjangoModel):
                    continue
                is_hidden = not pointer.accessor or not models.coexistence.certain(owner, model)
                if is_hidden or (owner is model and pointer.relation.name == declaration.name):
                    continue
                yield self.finding(
                    declared_at(project, declaration),
                    f"`{declaration.name}` is how `{parent.name}`, the parent of `{model.name}`, "
                    f"calls its relation to `{owner.name}`",
                    "rename the field, or give the relation a `related_name`",
                )

    def _with_each_other(
        self, project: Project, models: DjangoModels, model: DjangoModel
    ) -> Iterator[Verdict]:
        attributes = {
            relation.attribute: name
            for name in model.local
            if isinstance(relation := model.member(name), Relation) and relation.attribute
        }
        for name in sorted(model.local & attributes.keys()):
            declaration = models.declaration(model, name)
            if declaration is None or declaration.place is None or not declaration.is_certain:
                continue
            if not declaration.kind or attributes[name] == name:
                continue
            other = models.declaration(model, attributes[name])
            if other is None or not other.is_certain:
                continue
            yield self.finding(
                declared_at(project, declaration),
                f"`{name}` is what the foreign key `{other.name}` calls its column's value",
                "rename one of the two",
                related=related(project, other, "the foreign key is declared here"),
            )

    def _in_one_column(self, project: Project, models: DjangoModels, model: DjangoModel) -> Iterator[Verdict]:
        """Two fields of a table whose values would be in one column."""
        held: dict[str, Member] = {}
        attributes = {one.attribute for one in model.relations.values()}
        for member in _in_order(model):
            declaration = models.declaration(model, member.name)
            column = _column(member)
            if declaration is None or not declaration.is_certain or not column or member.name in attributes:
                continue
            first = held.setdefault(column, member)
            other = models.declaration(model, first.name)
            if first is member or other is None:
                yield Outcome.KEPT
                continue
            yield self.finding(
                declared_at(project, declaration),
                f"`{member.name}` and `{first.name}` are both in the column `{column}`",
                "give one of the two another `db_column`",
                related=related(project, other, "the other field is declared here"),
            )


def _in_order(model: DjangoModel) -> list[Member]:
    """The fields that a model declares itself, as they stand."""
    members: tuple[Member, ...] = (*model.fields.values(), *model.relations.values())
    own = [one for one in members if one.name in model.local and one.place and one.owner == model.key]
    return sorted(own, key=lambda one: one.place.line if one.place is not None else 0)


def _column(member: Member) -> str:
    """The column of a field; empty where it has none, or nobody can tell."""
    if isinstance(member, Field):
        return member.column if member.kind and member.cls is None else ""
    if member.is_reverse or not member.attribute:
        return ""
    given = member.options.get("db_column")
    if given is None:
        return member.attribute
    return written_text(given) or ""


def _concrete_parents(models: DjangoModels, model: DjangoModel) -> list[DjangoModel]:
    parents = (models.model(key) for key in model.parents)
    return [p for p in parents if isinstance(p, DjangoModel) and not p.is_abstract and not p.is_proxy]


def _is_many(member: Member) -> bool:
    return isinstance(member, Relation) and member.cardinality.is_collection
