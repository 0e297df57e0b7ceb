"""Objects that are read as if they were dicts or lists.

## Why is this bad?

`data["email"]` works for dicts and whatever else has a `__getitem__`. An object of a model, a dataclass or
any other class without it raises `TypeError`: "'NewUser' object is not subscriptable". It comes about where a
layer was written for the dict that another one no longer gives.

## What to do

Read the attribute, `data.email`; or hand over the dict, `data.model_dump()`.

## Bad

`shop/web.py`:

```python
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewOrder(BaseModel):
    number: int


def kept(order):
    return {"number": order["number"]}  # error: [python/subscripted-object] "`order` is a `NewOrder`"


@app.post("/orders")
def place(order: NewOrder):
    return kept(order)
```

## Good

`shop/web.py`:

```python
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewOrder(BaseModel):
    number: int


class Orders:
    def __init__(self):
        self.rows = {}

    def __getitem__(self, number):
        return self.rows[number]


def kept(order):
    return {"number": order["number"]}


orders = Orders()


@app.post("/orders")
def place(order: NewOrder):
    orders[order.number]
    return kept(order.model_dump())
```

## Source

https://docs.python.org/3/reference/datamodel.html#object.__getitem__; verified with Pydantic.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Literal, Subscript, last_name
from archlint.finding import Finding, Related, Severity
from archlint.frameworks.own_objects import asked, own_classes, unexpected_uses
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.classes import ProjectClass
from archlint.project.flow.trace import Subscripted, Trace
from archlint.project.objects.lacking import Lacking
from archlint.project.objects.promised_only import PromisedOnly
from archlint.rule import Outcome, Rule, Verdict


class SubscriptedObject(Rule, frozen=True):
    """Every subscript of an object of a class of the project is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether all that it may be can be subscripted."""
        lacking, promised = project.view(Lacking), project.view(PromisedOnly)
        for trace, event in unexpected_uses(project, Subscripted, "TypeError"):
            classes = own_classes(event.receiver)
            without = [lacking.is_without(cls, "__getitem__") for cls in classes]
            if all(without) and any(map(promised.holds, classes)):
                yield Outcome.UNKNOWN
            elif all(without):
                yield self._found(project, trace, event, classes[0])
            else:
                yield Outcome.UNKNOWN if any(without) else Outcome.KEPT

    def _found(self, project: Project, trace: Trace, event: Subscripted, cls: ProjectClass) -> Finding:
        index = event.form.index if isinstance(event.form, Subscript) else None
        key = index.value if isinstance(index, Literal) else None
        name = cls.fact.name
        subject = last_name(asked(event.form)) or "it"
        return self.finding(
            spot(project, trace.module, event.form),
            f"`{subject}` is a `{name}`, which cannot be subscripted",
            f"read `.{key}`, or pass a dict" if isinstance(key, str) else "read an attribute, or pass a dict",
            related=(Related(class_at(project, cls), f"`{name}` is declared here"),),
        )
