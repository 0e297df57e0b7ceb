"""Lists of field names with one that the model does not have.

## Why is this bad?

`save(update_fields=["state"])` raises `ValueError`, `bulk_update(orders, ["state"])`, `in_bulk` and
`Order._meta.get_field("state")` raise `FieldDoesNotExist` where the model has no field `state`. These lists
are texts: no editor renames them with the field.

## What to do

Name a field that has a column of its own; for `update_fields` and `bulk_update` not the primary key.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    status = models.CharField(max_length=10)
    number = models.CharField(max_length=10, unique=True)
```

`shop/services.py`:

```python
from shop.models import Order


def close(order: Order):
    order.status = "closed"
    order.save(update_fields=["state"])  # error: [django/unknown-named-field] "no field `state`"


def close_all(orders):
    for order in orders:
        order.status = "closed"
    Order.objects.bulk_update(orders, ["id", "status"])  # error: [django/unknown-named-field] "primary key"


def by_number(numbers):
    return Order.objects.in_bulk(numbers, field_name="code")  # error: [django/unknown-named-field] "`code`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    status = models.CharField(max_length=10)
    number = models.CharField(max_length=10, unique=True)
```

`shop/services.py`:

```python
from shop.models import Order


def close(order: Order):
    order.status = "closed"
    order.save(update_fields=["status"])


def by_number(numbers):
    return Order.objects.in_bulk(numbers, field_name="number")
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/instances/#specifying-which-fields-to-save
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django.models.contributed import lacks_field
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.writes.listed import ListedField, listed_fields
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnknownNamedField(Rule, frozen=True):
    """Every name in such a list is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare each name with the columns of the model."""
        told: set[tuple[str, int, int, str]] = set()
        models = project.view(DjangoModels)
        for listed in listed_fields(project):
            model, name = listed.model, listed.name
            key = (listed.module.path, listed.line, listed.column, name)
            wrong = _wrong(models, listed)
            if wrong is None or key in told:
                yield Outcome.UNKNOWN if wrong is None and _may_have(model, name) else Outcome.KEPT
                continue
            told.add(key)
            place = project.location(listed.module, listed.line, listed.column)
            hint = near_or_all(name, model.fields)
            yield self.finding(place, wrong, hint, related=defined_at(project, model))


def _may_have(model: DjangoModel, name: str) -> bool:
    return model.is_open and name not in model.fields


def _wrong(models: DjangoModels, listed: ListedField) -> str | None:
    """What is wrong with a name; None where nothing is, or nobody can tell."""
    model, name = listed.model, listed.name
    key = model.primary_key
    if listed.is_saved and key is not None and name in (key.name, key.attribute, "pk"):
        return f"`{name}` is the primary key of `{model.name}`, which is not updated"
    field = model.fields.get(name)
    if field is not None:
        parent = models.model(field.owner) if listed.is_saved and field.owner != model.key else None
        above = parent.primary_key if isinstance(parent, DjangoModel) and not parent.is_abstract else None
        if above is not None and above.name == name:
            return f"`{name}` is the primary key of a parent of `{model.name}`, which is not updated"
        return None
    for relation in model.relations.values():
        if name not in (relation.name, relation.attribute, relation.query_name):
            continue
        if listed.is_stored and relation.cardinality.is_collection:
            return f"`{name}` of `{model.name}` has no column to save"
        return None
    if name in model.attributes:
        return None  # what a class binds that nobody can tell may be a field
    return f"`{model.name}` has no field `{name}`" if lacks_field(models, model, name) else None
