"""A query in every iteration of a loop.

## Why is this bad?

A query that depends on the loop's value, `Price.objects.get(product=product)`, runs in every iteration: a
hundred rows are a hundred queries. The same goes for a helper, a property or a method that the loop calls.

## What to do

Query once before the loop, with `…__in=`, and look the results up in a dict (`in_bulk`); or load related rows
with `prefetch_related`, or compute the value with `annotate`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=80)


class Price(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    amount = models.IntegerField()
```

`shop/views.py`:

```python
from shop.models import Price, Product


def amount_of(product):
    return Price.objects.filter(product=product).count()


def prices():
    found = {}
    for product in Product.objects.all():
        price = Price.objects.get(product=product)  # warning: [django/query-in-loop] "`get()`"
        found[product.name] = price.amount
    return found


def counts():
    products = Product.objects.all()
    return [amount_of(product) for product in products]  # warning: [django/query-in-loop] "`amount_of()`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=80)


class Price(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    amount = models.IntegerField()
```

`shop/views.py`:

```python
from shop.models import Price, Product


def prices():
    products = list(Product.objects.all())
    amounts = {price.product_id: price.amount for price in Price.objects.filter(product__in=products)}
    return {product.name: amounts.get(product.pk) for product in products}
```

## When not to use it

Where a loop has few iterations. Say so with a suppression.

## Source

https://docs.djangoproject.com/en/5.2/topics/db/optimization/#retrieve-everything-at-once-if-you-know-you-will-need-it
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Call
from archlint.finding import Finding, Related, Severity
from archlint.frameworks.call_sites import CallSite, CallSites
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.loads.keyed import is_keyed
from archlint.frameworks.django.loads.loops import (
    Around,
    around,
    goes_through_objects,
    goes_through_rows,
    ranged,
    writes_in,
)
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.query.wording import act
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Read, Written
from archlint.project.functions import ProjectFunction
from archlint.rule import Outcome, Rule, Verdict

_COMMANDS = "/management/commands/"


class QueryInLoop(Rule, frozen=True):
    """Every query is a place; one that saves, or stands in a loop that does, is not: each row has its own."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a loop over rows around each that the query depends on."""
        told: set[object] = set()
        given = {event.name for _, event in project.view(DataFlow).events(Written)}
        for asked in project.view(Execution).all:
            path = asked.trace.module.path
            if (
                asked.is_write
                or asked.relation is not None
                or asked.is_served_whole
                or any(map(_is_loaded, asked.sets))
                or _looks_first(asked.trace.function)
            ):
                continue
            if _is_elsewhere(path):
                continue
            found = _loop(project, asked)
            if found is None or any(_is_given(site, given) for site in found.way):
                yield Outcome.KEPT
                continue
            form = found.way[-1].event.form if found.way else asked.form
            key = (found.trace.module.path, place(form)[0])  # one of a line is enough
            if key not in told:
                told.add(key)
                yield self._found(project, asked, found)

    def _found(self, project: Project, asked: Asked, found: Around) -> Finding:
        over = ranged(found.loop)
        related = [Related(spot(project, found.trace.module, over), "the loop is over this")] if over else []
        hint = "query once before the loop, with `…__in=`, or load it with the rows"
        when = "in every iteration of the loop"
        if not found.way:
            where = spot(project, asked.trace.module, asked.form)
            return self.finding(where, f"{act(asked)} {when}", hint, related=tuple(related))
        form = found.way[-1].event.form
        function = form.function if isinstance(form, Call) else form
        name = function.attr if isinstance(function, Attribute) else getattr(function, "id", "")
        related.append(Related(spot(project, asked.trace.module, asked.form), act(asked)))
        return self.finding(
            spot(project, found.trace.module, form),
            f"`{name}{'()' if isinstance(form, Call) else ''}` queries the database {when}",
            hint,
            related=tuple(related),
        )


_FURTHEST = 2
"""Calls between a loop and a query that is still about the loop."""


def _is_loaded(one: QuerySet) -> bool:
    """Whether all the related objects are loaded, of which a query set asks for some."""
    return one.of is not None and one.of.has_loaded(one.through)


def _looks_first(function: ProjectFunction | None) -> bool:
    """Whether a function looks itself whether the related objects are loaded, and queries only otherwise."""
    return function is not None and function.module.mentions(function.fact, "_prefetched_objects_cache")


def _is_given(site: CallSite, names: set[str]) -> bool:
    """Whether it reads a cached property that code gives to rows beforehand."""
    function = site.event.trace.function if site.event.trace is not None else None
    is_cached = function is not None and "cached_property" in function.decorators
    return is_cached and isinstance(site.event, Read) and site.event.name in names


def _is_elsewhere(path: str) -> bool:
    """Whether code is for tests, or runs once."""
    return is_test(path) or "/migrations/" in f"/{path}"


def _can_wait(found: Around) -> bool:
    """Whether a command for operators goes through a few values, and not through the rows of a table."""
    return _COMMANDS in f"/{found.trace.module.path}" and not goes_through_objects(found.loop.over)


def _loop(project: Project, asked: Asked) -> Around | None:
    """The loop over rows in each turn of which a query is another one."""
    for found in around(project.view(CallSites), asked.trace, asked.event):
        if not goes_through_rows(found.loop.over) or _is_elsewhere(found.trace.module.path):
            continue
        if _can_wait(found):
            continue
        if len(found.way) > _FURTHEST or not is_keyed(found.loop, found.way, asked.evaluated):
            continue
        return None if writes_in(project.view(Execution), found) else found
    return None
