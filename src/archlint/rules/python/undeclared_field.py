"""Fields that are set on models of Pydantic, and that the models do not declare.

## Why is this bad?

A model of Pydantic refuses what it does not declare: `order.owner = user` is a `ValueError`, "`Order` object
has no field `owner`". Objects of other classes take anything, so that the mistake is easily made.

## What to do

Declare the field, or keep the value elsewhere. With `extra="allow"` a model takes everything.

## Bad

`shop/schemas.py`:

```python
from pydantic import BaseModel


class Order(BaseModel):
    number: int
```

`shop/orders.py`:

```python
from shop.schemas import Order


class Orders:
    def __init__(self):
        self.rows = []

    def add(self, order: Order, owner):
        self._give(order, owner)
        self.rows.append(order)
        return order

    def _give(self, order, owner):
        order.owner = owner  # error: [python/undeclared-field] "`Order` declares no field `owner`"
```

## Good

`shop/schemas.py`:

```python
from pydantic import BaseModel, ConfigDict


class Order(BaseModel):
    number: int
    owner: str = ""
    _seen: bool = False


class Anything(BaseModel):
    model_config = ConfigDict(extra="allow")
```

`shop/orders.py`:

```python
from shop.schemas import Anything, Order


def give(order: Order, owner):
    order.owner = owner
    order._seen = True
    return order


def extend(thing: Anything):
    thing.whatever = 1
    return thing
```

## Source

"Extra data" in the documentation of Pydantic. Verified with Pydantic.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.own_objects import own_classes, unexpected_uses
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.pydantic.fields import fields_of
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Extended, Trace
from archlint.project.objects.lacking import Lacking
from archlint.rule import Outcome, Rule, Verdict

_BASES = frozenset({"pydantic.BaseModel", "pydantic.main.BaseModel"})


class UndeclaredField(Rule, frozen=True):
    """Every attribute that is set on a model from outside is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare it with what the model declares."""
        lacking = project.view(Lacking)
        for trace, event in unexpected_uses(project, Extended, "ValueError"):
            classes = own_classes(event.receiver)
            if event.name.startswith("_") or not all(_is_model(project, cls) for cls in classes):
                continue
            if all(lacking.is_without(cls, event.name) for cls in classes):
                yield self._found(project, trace, event, classes[0])
            else:
                yield Outcome.KEPT

    def _found(self, project: Project, trace: Trace, event: Extended, cls: ProjectClass) -> Finding:
        name = cls.fact.name
        declared = [field.name for field in fields_of(project, cls)]
        return self.finding(
            spot(project, trace.module, event.form),
            f"`{name}` declares no field `{event.name}`, and refuses it",
            did_you_mean(event.name, declared, f"declare `{event.name}`, or keep it elsewhere"),
            related=(Related(class_at(project, cls), f"`{name}` is declared here"),),
        )


def _is_model(project: Project, cls: ProjectClass) -> bool:
    order = project.view(ClassHierarchy).order(cls)
    return any(isinstance(each, External) and each.name in _BASES for each in order)
