"""Lookups that name a field, relation or comparison that does not exist.

## Why is this bad?

Django resolves the paths in a query when the query is built: `filter(customer__nmae="x")` raises
`FieldError` as soon as the line runs, and only then. After a field was renamed, every query that still
uses the old name is a request that fails.

## What to do

Use a field of the model, the query name of a relation (`related_query_name`, else `related_name`, else
the model's name in lower case), an annotation of the query, or a lookup that the field has.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    placed = models.DateTimeField()
```

`shop/selectors.py`:

```python
from django.db.models import Count, F, Q

from shop.models import Customer, Order


def of(name: str):
    return Order.objects.filter(customer__nmae=name)  # error: [django/unknown-lookup] "no field `nmae`"


def recent():
    return Order.objects.order_by("-created")  # error: [django/unknown-lookup] "no field `created`"


def like(text: str):
    return Customer.objects.filter(name__ilike=text)  # error: [django/unknown-lookup] "no lookup `ilike`"


def busy():
    return Customer.objects.annotate(n=Count("order"))  # error: [django/unknown-lookup] "no field `order`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    placed = models.DateTimeField()
```

`shop/selectors.py`:

```python
from django.db.models import Count, Q

from shop.models import Customer, Order


def of(name: str):
    return Order.objects.filter(customer__name=name, placed__date__year__gte=2020).order_by("-placed")


def busy():
    recent = Q(orders__placed__year=2026)
    return Customer.objects.annotate(n=Count("orders", filter=recent)).filter(n__gt=3).order_by("-n", "pk")
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/queries/#field-lookups
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.asking_first import is_chosen_by_name
from archlint.frameworks.django.query.lookups import EVERYWHERE
from archlint.frameworks.django.query.paths import Followed, Verdict
from archlint.frameworks.django.refusals.all_paths import LOADING, AskedPath, AskedPaths
from archlint.frameworks.django.settings.installation import Installation
from archlint.frameworks.orm import Field
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.places.models import declared_at, defined_at
from archlint.nearness import did_you_mean, near_or_all, nearest
from archlint.project import Project
from archlint.project.guards import is_one_way
from archlint.project.tries import is_tried
from archlint.remedies import first_of, respelled, spoken_of
from archlint.rule import Outcome, Rule
from archlint.rule import Verdict as RuleVerdict


class UnknownLookup(Rule, frozen=True):
    """Every path in a query is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[RuleVerdict]:
        """Follow every path of every query set that is known."""
        wrong: dict[tuple[str, int, int, str], AskedPath] = {}
        right: set[tuple[str, int, int, str]] = set()
        for asked in project.view(AskedPaths):
            verdict, reference = asked.followed.verdict, asked.reference
            place = (reference.module.path, reference.line, reference.column, reference.path)
            if verdict is Verdict.FOUND:
                right.add(place)
                yield Outcome.KEPT
            elif verdict is Verdict.UNKNOWN or _is_expected(asked) or _may_be_registered(project, asked):
                yield Outcome.UNKNOWN
            else:
                wrong.setdefault((*place[:3], asked.followed.part), asked)
        for asked in wrong.values():
            reference = asked.reference
            place = (reference.module.path, reference.line, reference.column, reference.path)
            is_right_too = place in right
            if is_right_too and is_one_way(reference.module, reference.line):
                yield Outcome.UNKNOWN
            else:
                yield self._found(project, asked, is_right_too=is_right_too)

    def _found(self, project: Project, asked: AskedPath, *, is_right_too: bool) -> Finding:
        """The finding; where the same is right for another caller, no other name is right for both."""
        followed, reference = asked.followed, asked.reference
        column = reference.column + len(followed.prefix) + (1 if reference.is_literal else 0)
        place = project.location(
            reference.module, reference.line, column, reference.line, column + len(followed.part)
        )
        return self.finding(
            place,
            _message(asked),
            _hint(followed),
            related=_related(project, asked),
            remedy=None
            if is_right_too
            else first_of(
                respelled(place, followed.part, followed.candidates),
                spoken_of(place, followed.part, followed.candidates),
            ),
        )


def _is_expected(asked: AskedPath) -> bool:
    """Whether the method takes any name of the model, or code is ready for one that is not there."""
    if asked.followed.verdict is Verdict.GENERIC and asked.method in LOADING:
        return True
    module, line = asked.reference.module, asked.reference.line
    return is_tried(module, line, "FieldError") or is_chosen_by_name(module, line)


def _may_be_registered(project: Project, asked: AskedPath) -> bool:
    """Whether an app that nobody sees may have registered a lookup, which is no known one misspelt."""
    followed, installation = asked.followed, project.view(Installation)
    if followed.verdict is not Verdict.NO_LOOKUP or followed.part in EVERYWHERE:
        return False
    if not installation.may_have_strangers:
        return False
    return not nearest(followed.part, followed.candidates)


def _message(asked: AskedPath) -> str:
    followed = asked.followed
    if followed.verdict is Verdict.NO_LOOKUP:
        before = followed.prefix.removesuffix("__").rpartition("__")[2]
        if followed.part in EVERYWHERE and not asked.reference.is_condition:
            return f"only conditions end in a lookup such as `{followed.part}`"
        return f"`{before}` has no lookup `{followed.part}`"
    name = followed.model.name if followed.model is not None else ""
    if followed.verdict is Verdict.GENERIC:
        return f"queries cannot follow the generic relation `{followed.part}` of `{name}`"
    return f"`{name}` has no field `{followed.part}`"


def _hint(followed: Followed) -> str:
    if followed.verdict is Verdict.NO_LOOKUP:
        otherwise = "use a lookup of this field, or register one"
        return did_you_mean(followed.part, followed.candidates, otherwise)
    if followed.verdict is Verdict.GENERIC:
        return "compare its content type and its id, or follow a `GenericRelation` from the other side"
    return near_or_all(followed.part, followed.candidates)


def _related(project: Project, asked: AskedPath) -> tuple[Related, ...]:
    followed = asked.followed
    if followed.verdict is Verdict.NO_LOOKUP and isinstance(followed.member, Field):
        found = declared_at(project, followed.member)
    else:
        found = defined_at(project, followed.model)
    if asked.asked_at is None:
        return found
    return (Related(spot(project, *asked.asked_at), "the query is here"), *found)
