"""Objects that a class asks for something, and that nobody gives it.

## Why is this bad?

A constructor with `favorites=None` can be called without, and where every caller does, `self.favorites` is
None in each method: the first call is an `AttributeError`, "'NoneType' object has no attribute 'count'". It
comes about where a service grew a second repository, and the code that makes it was written before.

## What to do

Pass the object where the class is made, and leave the default out. Or ask whether it is there.

## Bad

`shop/services.py`:

```python
class OrderService:
    def __init__(self, orders, discounts=None):
        self.orders = orders
        self.discounts = discounts

    def total(self, key):
        order = self.orders.get(key)
        less = self.discounts.of(order)  # error: [python/unset-collaborator] "`self.discounts` is None"
        return order["sum"] - less
```

`shop/container.py`:

```python
from shop.repositories import Orders
from shop.services import OrderService


def order_service():
    return OrderService(Orders())
```

`shop/repositories.py`:

```python
class Orders:
    def get(self, key):
        return {"sum": 3, "key": key}
```

## Good

`shop/services.py`:

```python
class OrderService:
    def __init__(self, orders, discounts=None, clock=None):
        self.orders = orders
        self.discounts = discounts
        self.clock = clock

    def total(self, key):
        order = self.orders.get(key)
        if self.clock is not None:
            order["at"] = self.clock.now()
        return order["sum"] - self.discounts.of(order)
```

`shop/container.py`:

```python
from shop.repositories import Discounts, Orders
from shop.services import OrderService


def order_service():
    return OrderService(Orders(), discounts=Discounts())
```

`shop/repositories.py`:

```python
class Orders:
    def get(self, key):
        return {"sum": 3, "key": key}


class Discounts:
    def of(self, order):
        return 1
```

## Source

https://docs.python.org/3/library/constants.html#None
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.collaborators import Collaborators, Unset
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnsetCollaborator(Rule, frozen=True):
    """Every parameter of a constructor that may be None, and is kept and asked for something, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at classes of which it is seen where all objects are made."""
        for unset in Collaborators(project).unset():
            yield Outcome.UNKNOWN if unset is None else self._found(project, unset)

    def _found(self, project: Project, unset: Unset) -> Finding:
        method, form = unset.reads[0]
        name, made = unset.cls.fact.name, unset.made
        return self.finding(
            spot(project, method.module, form),
            f"`self.{unset.attribute}` is None: nobody gives `{name}` a `{unset.parameter.name}`",
            f"pass `{unset.parameter.name}` where `{name}` is made, or ask whether it is there",
            related=(Related(spot(project, made.module, made.value), f"`{name}` is made here"),),
        )
