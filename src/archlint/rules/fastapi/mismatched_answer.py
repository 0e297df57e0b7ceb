"""Handlers that return something else than they have promised.

## Why is this bad?

FastAPI makes what a handler returns into its `response_model`, or into what its annotation says. A dict where
a list is promised, a list where one object is, or an object without a field that the model needs, is a
`ResponseValidationError`: the client gets a 500, although the work has been done.

## What to do

Promise what is returned, or return what is promised.

## Bad

`shop/web.py`:

```python
from fastapi import FastAPI
from pydantic import BaseModel


class Order(BaseModel):
    number: int
    total: int


class Shown(BaseModel):
    order: Order


app = FastAPI()


def listed():
    orders = [{"number": 1, "total": 3}]
    return {"orders": orders, "count": len(orders)}


@app.get("/orders", response_model=list[Order])
def orders():
    return listed()  # error: [fastapi/mismatched-answer] "a list of `Order` is promised, and a dict returned"


@app.get("/orders/{number}")
def order(number: int) -> Shown:
    found = Order(number=number, total=3)
    return found  # error: [fastapi/mismatched-answer] "a `Order` without `order`"


@app.get("/last")
def last() -> Order:
    return {"number": 1}  # error: [fastapi/mismatched-answer] "a dict without `total`"
```

## Good

`shop/web.py`:

```python
from fastapi import FastAPI
from pydantic import BaseModel


class Order(BaseModel):
    number: int
    total: int = 0


class Shown(BaseModel):
    order: Order


app = FastAPI()


@app.get("/orders", response_model=list[Order])
def orders():
    return [{"number": 1, "total": 3}]


@app.get("/orders/{number}")
def order(number: int) -> Shown:
    return {"order": Order(number=number)}


@app.get("/last")
def last() -> Order | None:
    return None
```

## Source

"Response Model - Return Type" in the tutorial of FastAPI. Verified with FastAPI.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.fastapi.answers import Answers, Disagreement
from archlint.frameworks.places.classes import function_at
from archlint.frameworks.places.expressions import start
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MismatchedAnswer(Rule, frozen=True):
    """Every handler that promises a model, or a list of them, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what each of them returns."""
        for found in Answers(project):
            yield Outcome.KEPT if found is None else self._found(project, found)

    def _found(self, project: Project, found: Disagreement) -> Finding:
        module = found.handler.module
        where, written = (
            start(project, one, form)
            for one, form in ((module, found.returned), (found.function.module, found.value))
        )
        return self.finding(
            where,
            f"{found.wanted} is promised, and {found.given} returned",
            "promise what is returned, or return what is promised",
            related=(
                Related(function_at(project, found.handler), "the promise stands here"),
                *(() if written == where else (Related(written, "what is returned is made here"),)),
            ),
        )
