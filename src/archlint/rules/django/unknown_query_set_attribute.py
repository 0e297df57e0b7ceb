"""Attributes and methods that a query set or manager does not have.

## Why is this bad?

`filter()` returns a query set, however many rows match: `order.status` raises `AttributeError` if `order`
is one. The same goes for `.save()`, and for methods of a custom manager that its query set does not have.
A manager, on the other hand, is not a query set: looping over `order.lines` raises `TypeError`,
`order.lines.all()` works.

## What to do

Take one object out of the query set with `get()` or `first()`; loop over `.all()` of a manager; define the
method on a query set class, and make the manager of it.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    status = models.CharField(max_length=10)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
```

`shop/services.py`:

```python
from shop.models import Order


def close(pk: int):
    order = Order.objects.filter(pk=pk)
    order.status = "closed"
    order.save()  # error: [django/unknown-query-set-attribute] "has no `save`"


def status(pk: int):
    return Order.objects.filter(pk=pk).status  # error: [django/unknown-query-set-attribute] "has no `status`"


def lines(order: Order):
    return [line.pk for line in order.lines]  # error: [django/unknown-query-set-attribute] "not iterable"


def urgent():
    return Order.objects.urgent()  # error: [django/unknown-query-set-attribute] "has no `urgent`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class OrderQuerySet(models.QuerySet):
    def urgent(self):
        return self.filter(status="urgent")


class Order(models.Model):
    status = models.CharField(max_length=10)
    objects = OrderQuerySet.as_manager()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
```

`shop/services.py`:

```python
from shop.models import Order


def close(pk: int):
    order = Order.objects.get(pk=pk)
    order.status = "closed"
    order.save()


def lines(order: Order):
    return [line.pk for line in order.lines.all()]


def urgent():
    return Order.objects.urgent().filter(pk__gt=3).urgent()
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/queries/#retrieving-specific-objects-with-filters
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Expression
from archlint.finding import Finding, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import INSTANCE_METHODS
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.attributes import SetAttributes
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.places.expressions import place, spot
from archlint.nearness import near_or_all
from archlint.project import Module, Project
from archlint.project.flow.trace import Called, Context, Iterated, Read
from archlint.project.guards import is_told_by_name
from archlint.project.tries import is_tried
from archlint.rule import Outcome, Rule, Verdict

_EXPECTED = ("AttributeError", "TypeError", "Exception", "BaseException")
_CAUGHT = frozenset({"", *(f"{where}{name}" for where in ("", "builtins.") for name in _EXPECTED)})
"""Handlers that expect the failure."""


class UnknownQuerySetAttribute(Rule, frozen=True):
    """Every attribute that is read from a query set or manager is a place, and every loop over a manager."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at reads, calls and loops."""
        attributes = project.view(SetAttributes)
        told: set[tuple[str, int, int]] = set()
        for module, form, sets, name, context in _uses(project):
            if name:
                answers = {attributes.has(one, name) for one in sets}
            else:
                answers = {attributes.is_iterable(one) for one in sets}
            key = (module.path, *place(form))
            if answers != {False} or not _CAUGHT.isdisjoint(context.caught) or _keeps_a_place(form, sets):
                yield Outcome.KEPT if answers == {True} else Outcome.UNKNOWN
            elif is_tried(module, place(form)[0], "AttributeError") or is_told_by_name(
                module, place(form)[0]
            ):
                yield Outcome.UNKNOWN
            elif key not in told:
                told.add(key)
                yield self._found(project, module, form, sets[0], name)

    def _found(self, project: Project, module: Module, form: Expression, of: QuerySet, name: str) -> Finding:
        model = project.view(DjangoModels).model(of.model)
        assert isinstance(model, DjangoModel)  # or its attributes were not known
        location = spot(project, module, form)
        what = "manager" if of.is_manager else "query set"
        if not name:
            message = f"this manager of `{model.name}` is not iterable"
            return self.finding(location, message, "loop over its `.all()`")
        is_of_object = name in model.fields or name in model.relations or name in INSTANCE_METHODS
        if is_of_object and of.shape == "objects":
            hint = "take one object out of it with `get()` or `first()`"
        else:
            names = {member.name for cls in (of.manager, of.custom) if cls for member in cls.fact.members}
            hint = near_or_all(name, names, "define it on a class of query sets of the project")
        return self.finding(location, f"a {what} of `{model.name}` has no `{name}`", hint)


def _keeps_a_place(form: Expression, sets: tuple[QuerySet, ...]) -> bool:
    """Whether a class says `order = Order.objects.none()` for what somebody will put there."""
    holder = form.value if isinstance(form, Attribute) else form
    return isinstance(holder, Attribute) and all(one.is_empty for one in sets)


def _uses(
    project: Project,
) -> Iterator[tuple[Module, Expression, tuple[QuerySet, ...], str, Context]]:
    """What is asked of query sets; without a name, a loop."""
    data_flow = project.view(DataFlow)
    for trace, read in data_flow.events(Read):
        sets = query_sets(read.receiver)
        if sets is not None:
            yield trace.module, read.form, sets, read.name, read.context
    for trace, call in data_flow.events(Called):
        sets = query_sets(call.receiver)
        if sets is not None and isinstance(call.form.function, Attribute):
            yield trace.module, call.form.function, sets, call.name, call.context
    for trace, loop in data_flow.events(Iterated):
        sets = query_sets(loop.value)
        if sets is not None:
            yield trace.module, loop.form, sets, "", loop.context
