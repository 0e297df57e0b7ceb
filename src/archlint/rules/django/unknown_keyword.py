"""Keyword arguments for fields that a model does not have.

## Why is this bad?

`Payment(currency="EUR")` raises `TypeError` if `Payment` has no field `currency`, and so do `create`,
`get_or_create` and `update_or_create` with such a default; `update(currency=…)` raises
`FieldDoesNotExist`. It fails when the line runs, and not before.

## What to do

Give only fields of the model, properties with a setter, or `<relation>_id` for the key of a relation.

## Bad

`billing/models.py`:

```python
from django.db import models


class Invoice(models.Model):
    currency = models.CharField(max_length=3)


class Payment(models.Model):
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE)
    cents = models.IntegerField()
```

`billing/services.py`:

```python
from billing.models import Invoice, Payment


def pay(invoice: Invoice, cents: int):
    return Payment.objects.create(
        invoice=invoice,
        cents=cents,
        currency=invoice.currency,  # error: [django/unknown-keyword] "`Payment` has no field `currency`"
    )


def rename(invoice: Invoice):
    Invoice.objects.filter(pk=invoice.pk).update(curency="EUR")  # error: [django/unknown-keyword] "no field"
```

## Good

`billing/models.py`:

```python
from django.db import models


class Invoice(models.Model):
    currency = models.CharField(max_length=3)


class Payment(models.Model):
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE)
    cents = models.IntegerField()

    @property
    def euros(self) -> float:
        return self.cents / 100

    @euros.setter
    def euros(self, value: float) -> None:
        self.cents = int(value * 100)
```

`billing/services.py`:

```python
from billing.models import Invoice, Payment


def pay(invoice: Invoice, cents: int):
    Payment.objects.get_or_create(invoice_id=invoice.pk, defaults={"cents": cents})
    return Payment(invoice=invoice, euros=cents / 100)
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/instances/#creating-objects
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archlint.finding import Finding, Location, Remedy, Severity
from archlint.frameworks.django.models.field_kinds import ONE_TO_ONE
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.query.objects.attributes import Attributes
from archlint.frameworks.django.writes.given import Given, Givens
from archlint.frameworks.orm import Relation
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.files.requirements import Requirements
from archlint.project.files.versions import are_below
from archlint.project.guards import is_one_way
from archlint.remedies import first_of, omitted, respelled, spoken_of
from archlint.rule import Outcome, Rule, Verdict


class UnknownKeyword(Rule, frozen=True):
    """Every field that is given to a model is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at constructors, `create` and its kin, and `update`."""
        told: set[tuple[str, int, int]] = set()
        wrong: dict[tuple[str, int, int, str], Given] = {}
        right: set[tuple[str, int, int, str]] = set()
        attributes = project.view(Attributes)
        is_checked = not are_below(project.view(Requirements).versions("django"), "5")
        for given in project.view(Givens):
            accepts = attributes.accepts(given.model, given.name, is_new=given.is_new)
            place = (given.module.path, given.line, given.column)
            if (is_checked or not given.is_new) and (kept_by := _kept_elsewhere(given)):
                if place not in told:
                    told.add(place)
                    yield self._elsewhere(project, given, kept_by)
                continue
            if accepts is None or given.name.startswith("__"):  # no field is called so: it is meant to fail
                yield Outcome.UNKNOWN
            elif accepts:
                right.add((*place, given.name))
                yield Outcome.KEPT
            else:
                wrong.setdefault((*place, given.name), given)
        for named, given in wrong.items():
            if named[:3] in told:
                continue
            told.add(named[:3])
            if named in right and is_one_way(given.module, given.line):
                yield Outcome.UNKNOWN
            else:
                yield self._found(project, given, attributes)

    def _found(self, project: Project, given: Given, attributes: Attributes) -> Finding:
        end = given.column + len(given.name)
        location = project.location(given.module, given.line, given.column, given.line, end)
        return self.finding(
            location,
            f"`{given.model.name}` has no field `{given.name}`",
            near_or_all(given.name, attributes.names(given.model)),
            related=defined_at(project, given.model),
            remedy=_remedy(location, given, attributes.names(given.model)),
        )

    def _elsewhere(self, project: Project, given: Given, kept_by: Relation) -> Finding:
        model = project.view(DjangoModels).model(kept_by.target)
        name = model.name if model is not None else kept_by.target
        end = given.column + len(given.name)
        hint = f"create the object first, then set `{kept_by.inverse}` of the other and save that"
        if not given.is_new:
            hint = f"update the rows of `{name}`, by `{kept_by.inverse}`"
        return self.finding(
            project.location(given.module, given.line, given.column, given.line, end),
            f"`{given.name}` of `{given.model.name}` is a field of `{name}`",
            hint,
            related=defined_at(project, given.model),
        )


def _kept_elsewhere(given: Given) -> Relation | None:
    """The way back of a one-to-one field, which `update` does not take, nor `create` since Django 5."""
    relation = given.model.relations.get(given.name) if given.method else None
    is_back = relation is not None and relation.is_reverse and relation.kind == ONE_TO_ONE
    return relation if is_back and relation is not None and relation.name not in given.model.fields else None


def _remedy(location: Location, given: Given, names: Iterable[str]) -> Remedy | None:
    """Another name, or for a new object none at all; a change to nothing would be no change."""
    return first_of(
        respelled(location, given.name, names),
        spoken_of(location, given.name, names),
        omitted(location, given.name) if given.is_new else None,
    )
