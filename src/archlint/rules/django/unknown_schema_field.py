"""Fields of schemas that the objects they are made of do not have.

## Why is this bad?

A schema of Pydantic or Django Ninja reads an attribute of the object for each of its fields. Where the
object has none, and the field no default, every answer fails: `ValidationError: Field required`. A
`ModelSchema` that lists such a field cannot even be imported: `ConfigError`.

## What to do

Use the names of the model. Where the answer calls it something else, say where it comes from: with an
`alias`, a resolver, a property of the model or an annotation of the query set.

## Bad

`parks/models.py`:

```python
from django.db import models


class Park(models.Model):
    name = models.CharField(max_length=50)
    hectares = models.FloatField()
```

`parks/api.py`:

```python
from django.shortcuts import get_object_or_404
from ninja import ModelSchema, NinjaAPI, Schema

from parks.models import Park

api = NinjaAPI()


class ParkOut(Schema):
    name: str
    area: float  # error: [django/unknown-schema-field] "`Park` has no attribute `area`"


class ParkIn(ModelSchema):
    class Meta:
        model = Park
        fields = ["name", "hectare"]  # error: [django/unknown-schema-field] "`Park` has no field `hectare`"


@api.get("/parks/{park_id}", response=ParkOut)
def park(request, park_id: int):
    return get_object_or_404(Park, pk=park_id)
```

## Good

`parks/models.py`:

```python
from django.db import models


class Park(models.Model):
    name = models.CharField(max_length=50)
    hectares = models.FloatField()
```

`parks/api.py`:

```python
from django.shortcuts import get_object_or_404
from ninja import Field, ModelSchema, NinjaAPI, Schema

from parks.models import Park

api = NinjaAPI()


class ParkOut(Schema):
    name: str
    area: float = Field(..., alias="hectares")
    label: str

    @staticmethod
    def resolve_label(park):
        return park.name.upper()


class ParkIn(ModelSchema):
    class Meta:
        model = Park
        fields = ["name", "hectares"]


@api.get("/parks/{park_id}", response=ParkOut)
def park(request, park_id: int):
    return get_object_or_404(Park, pk=park_id)
```

## Source

https://django-ninja.dev/guides/response/
https://docs.pydantic.dev/latest/concepts/models/#arbitrary-class-instances
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Severity
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.places import written_at
from archlint.frameworks.django.schemas.model_schemas import ListedField, listed_fields
from archlint.frameworks.django.schemas.needed import NeededField, needed_fields
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict


class UnknownSchemaField(Rule, frozen=True):
    """Every field of a schema that is made of objects of a model is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask the model for what each schema reads of it."""
        told: set[object] = set()
        for needed in needed_fields(project):
            key = (needed.field.owner, needed.field.name)
            if needed.is_there is None or is_test(needed.field.owner.module.path):
                yield Outcome.UNKNOWN
            elif needed.is_there or key in told:
                yield Outcome.KEPT
            else:
                told.add(key)
                yield self._needed(project, needed)
        models = project.view(DjangoModels)
        for listed in listed_fields(project):
            if listed.model.member(listed.name.name) is not None:
                yield Outcome.KEPT
            elif listed.model.is_open or models.may_have(listed.model, listed.name.name):
                yield Outcome.UNKNOWN
            else:
                yield self._listed(project, listed)

    def _needed(self, project: Project, needed: NeededField) -> Finding:
        field, model = needed.field, needed.model
        column = needed.column
        place = project.location(
            field.owner.module, field.line, column, field.line, column + len(field.name.encode())
        )
        return self.finding(
            place,
            f"`{model.name}` has no attribute `{needed.name}`, which `{needed.schema.fact.name}` needs",
            near_or_all(needed.name, _names(model)),
            related=defined_at(project, model),
        )

    def _listed(self, project: Project, listed: ListedField) -> Finding:
        name, model = listed.name, listed.model
        place = written_at(project, name.module, name.form, class_at(project, listed.schema))
        return self.finding(
            place,
            f"`{model.name}` has no field `{name.name}`",
            near_or_all(name.name, _names(model)),
            related=defined_at(project, model),
            remedy=respelled(place, name.name, _names(model)),
        )


def _names(model: DjangoModel) -> list[str]:
    return [each for each in (*model.fields, *model.relations) if not each.startswith("+")]
