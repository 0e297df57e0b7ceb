"""Aggregates over several relations to many in one query, which multiply each other.

## Why is this bad?

Each relation to many that a query joins multiplies its rows. With two of them, a customer with three orders
and two notes has six rows: `Count("orders")` and `Count("notes")` both say six. The numbers look plausible,
and nothing fails.

## What to do

Give `distinct=True` to each `Count`. What cannot be counted so, like a `Sum`, goes into a `Subquery` or a
query of its own.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")


class Note(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="notes")
```

`shop/selectors.py`:

```python
from django.db.models import Count

from shop.models import Customer


def numbers():
    return Customer.objects.annotate(  # warning: [django/multiplied-aggregate] "`notes` and `orders`"
        orders_made=Count("orders"), notes_taken=Count("notes")
    )
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")


class Note(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="notes")
```

`shop/selectors.py`:

```python
from django.db.models import Count

from shop.models import Customer


def numbers():
    return Customer.objects.annotate(
        orders_made=Count("orders", distinct=True), notes_taken=Count("notes", distinct=True)
    )
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/aggregation/#combining-multiple-aggregations
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name
from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models import DjangoModel, DjangoModels
from archlint.frameworks.django.query.asked import query_sets
from archlint.frameworks.orm import Relation
from archlint.frameworks.spots import begin, place
from archlint.project import Project
from archlint.project.flow.trace import Called
from archlint.rule import Outcome, Rule, Verdict

_SENSITIVE = frozenset({"Count", "Sum"})
"""The others say the same when each row is there several times."""

_AGGREGATES = _SENSITIVE | {"Avg", "Max", "Min"}


@dataclass(frozen=True, slots=True)
class MultipliedAggregate(Rule):
    """Every `annotate` and `aggregate` with several aggregates is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow what each aggregate ranges over to its first relation to many."""
        models = project.view(DjangoModels)
        told: set[object] = set()
        for trace, event in project.view(DataFlow).events(Called):
            sets = query_sets(event.receiver)
            if sets is None or event.name not in ("annotate", "aggregate", "aaggregate"):
                continue
            model = models.model(sets[0].model)
            found = _aggregates(event)
            if len(found) < 2 or not isinstance(model, DjangoModel):
                continue
            joined = {_many(models, model, path) for _, path, _ in found} - {""}
            is_wrong = any(name in _SENSITIVE and not distinct for name, _, distinct in found)
            key = (trace.module.path, *place(event.form))
            if len(joined) < 2 or not is_wrong or key in told:
                yield Outcome.KEPT
                continue
            told.add(key)
            names = " and ".join(f"`{path}`" for path in sorted(joined))
            start = begin(event.form)
            yield self.finding(
                project.location(trace.module, *start),
                f"the rows of {names} multiply each other, and the aggregates count every copy",
                "give `distinct=True` to each `Count`, and put what is summed into a `Subquery`",
            )


def _aggregates(event: Called) -> list[tuple[str, str, bool]]:
    """The aggregates that are written in a call: name, path, and whether they count what differs."""
    found: list[tuple[str, str, bool]] = []
    given: list[Expression] = [*event.form.arguments, *(keyword.value for keyword in event.form.keywords)]
    for form in given:
        if not isinstance(form, Call) or not form.arguments or not isinstance(form.arguments[0], Literal):
            continue
        function = form.function
        name = function.attr if isinstance(function, Attribute) else ""
        name = function.id if isinstance(function, Name) else name
        distinct = any(keyword.name == "distinct" for keyword in form.keywords)
        if name in _AGGREGATES:
            found.append((name, str(form.arguments[0].value), distinct))
    return found


def _many(models: DjangoModels, model: DjangoModel, path: str) -> str:
    """The path up to its first relation to many; empty where there is none."""
    here: DjangoModel | None = model
    walked: list[str] = []
    for part in path.split("__"):
        relation = _relation(here, part) if here is not None else None
        if relation is None:
            return ""
        walked.append(part)
        if relation.cardinality.is_collection:
            return "__".join(walked)
        found = models.model(relation.target)
        here = found if isinstance(found, DjangoModel) else None
    return ""


def _relation(model: DjangoModel, name: str) -> Relation | None:
    for relation in model.relations.values():
        if (relation.query_name or relation.name) == name:
            return relation
    return None
