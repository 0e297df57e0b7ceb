"""Options of a model that name a field it does not have.

## Why is this bad?

`ordering`, `unique_together`, `index_together`, `indexes` and `constraints` name fields in text. A name that
is none is refused by Django's system checks (`models.E012`, `E013`, `E015`, `E016`), and with them
`runserver`, `migrate` and `test` stop; `order_with_respect_to` raises `FieldDoesNotExist` as soon as the
class is made, `get_latest_by` raises `FieldError` at `latest()`.

## What to do

Name a field of the model itself. `ordering` may follow relations (`customer__name`) and take reverse query
names; the others take neither relations to many nor fields of a parent model with a table of its own.

## Bad

`votes/models.py`:

```python
from django.db import models


class Motion(models.Model):
    title = models.CharField(max_length=80)
    tags = models.ManyToManyField("Tag")

    class Meta:
        ordering = ["-titel"]  # error: [django/unknown-meta-field] "`Motion` has no field `titel`"
        unique_together = [
            ("title", "tags"),  # error: [django/unknown-meta-field] "many-to-many"
        ]


class Tag(models.Model):
    name = models.CharField(max_length=80)


class Ballot(models.Model):
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE)

    class Meta:
        ordering = ["motion__text"]  # error: [django/unknown-meta-field] "`Motion` has no field `text`"
        indexes = [
            models.Index(fields=["-cast"], name="cast_idx"),  # error: [django/unknown-meta-field] "`cast`"
        ]
```

## Good

`votes/models.py`:

```python
from django.db import models


class Motion(models.Model):
    title = models.CharField(max_length=80)

    class Meta:
        ordering = ["-title", "?", "ballot", "pk"]


class Ballot(models.Model):
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE)
    cast = models.DateTimeField()

    class Meta:
        ordering = ["motion__title", "cast__year", "motion_id"]
        unique_together = ("motion", "cast")
        get_latest_by = "-cast"
        indexes = [models.Index(fields=["-cast"], name="cast_idx")]
        constraints = [
            models.CheckConstraint(condition=models.Q(cast__year__gte=2000), name="cast_late"),
        ]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#models
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TypeAlias

from msgspec.structs import replace

from archlint.facts.expressions import Call, Expression, Keyword, Literal
from archlint.facts.forms import walked
from archlint.finding import Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.models.declared import Option
from archlint.frameworks.django.models.meta_fields import TOGETHER, FieldName, field_names
from archlint.frameworks.django.places import model_at, written_at
from archlint.frameworks.django.query.lookups import (
    EVERYWHERE,
    OF_RELATIONS,
    REGISTRABLE,
    is_known,
    transforms,
)
from archlint.frameworks.django.registered_lookups import RegisteredLookups
from archlint.frameworks.inventory.texts import stands_for
from archlint.frameworks.orm import Cardinality, Field, Member, Relation
from archlint.nearness import did_you_mean
from archlint.project import Module, Project
from archlint.project.factories import unfolded
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict

_OPTIONS = ("ordering", "get_latest_by", "order_with_respect_to", *TOGETHER, "indexes", "constraints")
_LOCAL = (*TOGETHER, "indexes", "constraints")
"""Options that take only what is in the model's own table."""

_LOOKUPS = frozenset({"exact", "gt", "gte", "in", "isnull", "lt", "lte", "range"})
"""What relations can be compared by."""


Problem: TypeAlias = "tuple[str, str, tuple[str, ...]]"
"""What is wrong with a name, what to do, and the names that could be meant; empty if nothing is."""


class UnknownMetaField(Rule, frozen=True):
    """Every name of a field in the `Meta` of a model is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up every name that can be seen. What an abstract base says is looked up in its children."""
        models = project.view(DjangoModels)
        met: set[tuple[int, str]] = set()
        for model in models.declared():
            if model.is_abstract or model.is_swapped:
                continue
            for name in _OPTIONS:
                option = models.option(model, name)
                if option is None or (id(option.value), name) in met:
                    continue
                met.add((id(option.value), name))
                value = stands_for(project, option.module, "", option.value) or option.value
                for field in field_names(name, value, partial(_made, project, option.module)):
                    yield self._field(project, models, model, name, option, field)

    def _field(
        self,
        project: Project,
        models: DjangoModels,
        model: DjangoModel,
        option_name: str,
        option: Option,
        field: FieldName,
    ) -> Verdict:
        if model.is_open or any(field.name.startswith(f.name) for f in model.fields.values() if not f.kind):
            return Outcome.UNKNOWN  # an unknown field may add others: `price_currency` to `price`
        if option_name == "ordering":
            registered = project.view(RegisteredLookups)
            problem, hint, meant = _ordering(models, registered, model, field.name)
        else:
            problem, hint, meant = _plain(model, option_name, field.name)
            if not problem and option_name == "constraints":
                problem, hint, meant = _joined(models, model, field)
        if not problem:
            return Outcome.KEPT
        otherwise = model_at(project, model)
        is_here = _stands_in(option.value, field.written)
        location = written_at(project, option.module, field.written, otherwise) if is_here else otherwise
        message = f"`{option_name}` of `{model.name}`: {problem}"
        last = field.name.lstrip("-").rpartition("__")[2]
        return self.finding(location, message, hint, remedy=respelled(location, last, meant))


def _made(project: Project, module: Module, call: Call) -> Call:
    """What makes a constraint or an index, with the lists that names in it stand for.

    That is another call where a function of the project makes it.
    """
    home, scope, made = unfolded(project, module, "", call)
    given = (
        replace(one, value=stands_for(project, home, scope, one.value) or one.value) for one in made.keywords
    )
    return replace(made, keywords=tuple(given))


def _stands_in(value: Expression, written: Expression) -> bool:
    """Whether a name is written in the option itself, and not in a function that it calls."""
    if not isinstance(written, Literal):
        return False
    at = (written.line, written.column)
    return any(
        isinstance(form, (Literal, Keyword)) and (form.line, form.column) == at for form in walked((value,))
    )


def _plain(model: DjangoModel, option: str, name: str) -> Problem:
    """What is wrong with a name that has to be a field of the model, and what to do; empty if nothing is."""
    found = model.member(name) or _by_attribute(model, name)
    if found is None or (isinstance(found, Relation) and found.is_reverse):
        if option == "get_latest_by" and ("__" in name or name == "pk" or _queried(model, name)):
            return "", "", ()
        if option == "constraints" and name == "pk":
            return "", "", ()
        return _missing(model, name, _forward(model))
    if option not in _LOCAL:
        return "", "", ()
    if found.kind.endswith(".CompositePrimaryKey"):
        return f"`{name}` is made of several columns", "name these", ()
    if isinstance(found, Relation) and found.cardinality is Cardinality.MANY_TO_MANY:
        return (
            f"`{name}` is a many-to-many relation",
            "it has a table of its own: constrain its `through` model",
            (),
        )
    if found.name not in model.local and not model.is_proxy:
        return (
            f"`{name}` is a field of a parent model, in another table",
            "name a field of the model itself",
            (),
        )
    return "", "", ()


def _joined(models: DjangoModels, model: DjangoModel, field: FieldName) -> Problem:
    """What is wrong with the condition of a constraint that asks another table."""
    part = field.further.partition("__")[0]
    relation = model.relations.get(field.name)
    target = models.model(relation.target) if relation is not None and not relation.is_reverse else None
    if not part or part in OF_RELATIONS or not isinstance(target, DjangoModel):
        return "", "", ()
    if part not in target.fields and part not in target.relations:
        return "", "", ()  # a lookup that somebody registered, perhaps
    path = f"{field.name}__{field.further}"
    return f"`{path}` is in another table", "constrain what is in the table of the model itself", ()


def _ordering(models: DjangoModels, registered: RegisteredLookups, model: DjangoModel, path: str) -> Problem:
    """What is wrong with a name in `ordering`, which may lead through relations."""
    if path in ("?", "pk", ""):
        return "", "", ()
    current: DjangoModel = model
    parts = path.split("__")
    for place, part in enumerate(parts):
        if part == "pk" or current.is_open or models.may_have(current, part) or (place and part in _LOOKUPS):
            return "", "", ()
        found = _asked_for(current, part)
        if found is None:
            return _missing(current, part, _asked(current))
        if not isinstance(found, Relation):
            return _behind(found, parts[place + 1 :], registered)
        is_many = found.cardinality is Cardinality.MANY_TO_MANY and not found.is_reverse
        if len(parts) == 1 and is_many:
            return f"`{part}` is a many-to-many relation", "order by a field of its target", ()
        target = models.model(found.target)
        if not isinstance(target, DjangoModel):
            return "", "", ()
        current = target
    return "", "", ()


def _behind(field: Field, parts: list[str], registered: RegisteredLookups) -> Problem:
    """What is wrong with the name behind a field that leads nowhere: only a transform may stand there."""
    if not parts or field.cls is not None or not is_known(field.kind):
        return "", "", ()
    part = parts[0]
    if part in EVERYWHERE | REGISTRABLE | transforms(field.kind) | registered.names:
        return "", "", ()
    kind = field.kind.rpartition(".")[2]
    return f"`{field.name}` is a `{kind}`, and has no `{part}`", f"order by `{field.name}`", ()


def _asked_for(model: DjangoModel, name: str) -> Member | None:
    """What a query calls by this name: reverse relations go by their query names."""
    found = model.member(name)
    if isinstance(found, Relation) and found.is_reverse and found.query_name != name:
        found = None
    return found or _by_attribute(model, name) or _queried(model, name)


def _missing(model: DjangoModel, name: str, known: list[str]) -> Problem:
    hint = did_you_mean(name, known, f"name a field of `{model.name}`, or add `{name}` to it")
    return f"`{model.name}` has no field `{name}`", hint, tuple(known)


def _by_attribute(model: DjangoModel, name: str) -> Relation | None:
    """The foreign key whose column attribute this is: `author_id`."""
    return next((r for r in model.relations.values() if r.attribute == name), None)


def _queried(model: DjangoModel, name: str) -> Relation | None:
    """The reverse relation that queries call so."""
    return next((r for r in model.relations.values() if r.is_reverse and r.query_name == name), None)


def _forward(model: DjangoModel) -> list[str]:
    return [*model.fields, *(name for name, r in model.relations.items() if not r.is_reverse)]


def _asked(model: DjangoModel) -> list[str]:
    return [*_forward(model), *(r.query_name for r in model.relations.values() if r.is_reverse)]
