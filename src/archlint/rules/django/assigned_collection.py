"""Values assigned to a relation that leads to many objects.

## Why is this bad?

`order.tags = tags` raises `TypeError`: the rows between the two would have to be written to the database
at that moment. So does passing it to the constructor or to `create()`, when the object does not yet have a
key that those rows could hold.

## What to do

Save the object, then call `set()` or `add()` of the relation.

## Bad

`shop/models.py`:

```python
from django.db import models


class Tag(models.Model):
    word = models.CharField(max_length=30)


class Order(models.Model):
    number = models.CharField(max_length=10)
    tags = models.ManyToManyField(Tag)
```

`shop/services.py`:

```python
from shop.models import Order, Tag


def tag(order: Order, words):
    order.tags = Tag.objects.filter(word__in=words)  # error: [django/assigned-collection] "`tags`"


def create(number, tags):
    return Order.objects.create(number=number, tags=tags)  # error: [django/assigned-collection] "`tags`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Tag(models.Model):
    word = models.CharField(max_length=30)


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    number = models.CharField(max_length=10)
    tags = models.ManyToManyField(Tag)
```

`shop/services.py`:

```python
from shop.models import Customer, Order, Tag


def tag(order: Order, words):
    order.number = "7"
    order.tags.set(Tag.objects.filter(word__in=words))


def create(customer: Customer, number, tags):
    order = Order.objects.create(customer=customer, number=number)
    order.tags.set(tags)
    return order
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/queries/#many-to-many-relationships
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Location, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expected import is_caught
from archlint.frameworks.django.query.objects.attributes import Attributes
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.version import Version
from archlint.frameworks.django.writes.given import Givens
from archlint.frameworks.orm import Relation
from archlint.frameworks.places.models import declared_at
from archlint.project import Project
from archlint.project.flow.trace import Written
from archlint.project.flow.values import something
from archlint.rule import Outcome, Rule, Verdict

_CAUGHT = frozenset({"", "TypeError", "builtins.TypeError", "Exception", "builtins.Exception"})
"""Handlers that expect the failure."""


class AssignedCollection(Rule, frozen=True):
    """Every relation of an object that is given a value is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at assignments, constructors and `create`."""
        told: set[Location] = set()
        for model, relation, location in (*_set(project), *_given(project)):
            if relation.cardinality.is_collection and model.is_open:
                yield Outcome.UNKNOWN  # a base may allow it: clusters of objects are saved together
            elif not relation.cardinality.is_collection:
                yield Outcome.KEPT
            elif location not in told:
                told.add(location)
                name = relation.name
                message = f"`{name}` of `{model.name}` leads to many objects and cannot be assigned"
                hint = f"call `{name}.set(…)` once the object is saved"
                yield self.finding(location, message, hint, related=declared_at(project, relation))


def _set(project: Project) -> Iterator[tuple[DjangoModel, Relation, Location]]:
    """`order.tags = tags`."""
    models = project.view(DjangoModels)
    if project.view(Version).is_before_two:
        return
    for trace, event in project.view(DataFlow).events(Written):
        options = tuple(something(event.receiver))
        owners = [one for one in options if isinstance(one, ModelObject)]
        model = models.model(owners[0].model) if len(owners) == len(options) == 1 else None
        if not isinstance(model, DjangoModel) or is_caught(event, _CAUGHT):
            continue
        relation = model.relations.get(event.name)
        if relation is None:
            continue
        form = event.form
        begin = max(form.column - len(form.attr.encode()), 0)
        yield model, relation, project.location(trace.module, form.line, begin, form.line, form.column)


def _given(project: Project) -> Iterator[tuple[DjangoModel, Relation, Location]]:
    """`Order(tags=tags)`, `create(tags=tags)`, `update(tags=tags)`."""
    attributes = project.view(Attributes)
    for given in project.view(Givens):
        relation = given.model.relations.get(given.name)
        if relation is None or (given.is_new and attributes.makes_its_own(given.model)):
            continue
        end = given.column + len(given.name)
        place = project.location(given.module, given.line, given.column, given.line, end)
        yield given.model, relation, place
