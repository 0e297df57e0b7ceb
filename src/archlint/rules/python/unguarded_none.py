"""Values that a request may leave None, and that are used without asking.

## Why is this bad?

A function that looks for something gives None where there is nothing, and a field that a client may leave
out is None where it does. To ask it for more is an `AttributeError` or a `TypeError`: whoever sends such a
request gets a 500 where a 401, a 404 or nothing special was meant. With the data of tests all of it is there.

## What to do

Ask whether it is there, and answer what is meant if it is not. Where the value is needed always, let what
gives it raise, and the field be required.

## Bad

`shop/users.py`:

```python
from fastapi import Header


class User:
    def __init__(self, name):
        self.name = name


USERS = {"t": User("ann")}


def current_user(authorization: str | None = Header(None)) -> User | None:
    if not authorization:
        return None
    return USERS.get(authorization)
```

`shop/orders.py`:

```python
class Orders:
    def __init__(self):
        self._rows = {}

    def find(self, number):
        return self._rows.get(number)

    def total(self, number):
        order = self.find(number)
        return order["total"]  # error: [python/unguarded-none] "`order` may be None: `find` gives that"
```

`shop/web.py`:

```python
from fastapi import Depends, FastAPI
from pydantic import BaseModel

from shop.orders import Orders
from shop.users import current_user

app = FastAPI()
orders = Orders()


class Change(BaseModel):
    note: str | None = None


@app.get("/me")
def me(user=Depends(current_user)):
    return {"name": user.name}  # error: [python/unguarded-none] "`user` may be None"


@app.put("/orders/{number}")
def change(number: int, body: Change):
    return {"note": body.note.strip()}  # error: [python/unguarded-none] "`body.note` is None where a client"


@app.get("/orders/{number}")
def show(number: int):
    return {"total": orders.total(number)}
```

## Good

`shop/users.py`:

```python
from fastapi import Header


class User:
    def __init__(self, name):
        self.name = name


USERS = {"t": User("ann")}


def current_user(authorization: str | None = Header(None)) -> User | None:
    if not authorization:
        return None
    return USERS.get(authorization)
```

`shop/web.py`:

```python
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

from shop.users import current_user

app = FastAPI()


class Change(BaseModel):
    note: str | None = None


@app.get("/me")
def me(user=Depends(current_user)):
    if user is None:
        raise HTTPException(401)
    return {"name": user.name}


@app.put("/orders/{number}")
def change(number: int, body: Change):
    return {"note": (body.note or "").strip()}
```

## Source

https://docs.python.org/3/library/constants.html#None; "Header Parameters" in the tutorial of FastAPI.
Verified with FastAPI and Flask.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Call, Subscript, last_name
from archlint.finding import Finding, Location, Related, Severity
from archlint.frameworks.handlers import serves_requests
from archlint.frameworks.nullable.assumed import Assumed, AssumedValues
from archlint.frameworks.nullable.dereferences import Handed
from archlint.frameworks.places.classes import function_at
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnguardedNone(Rule, frozen=True):
    """Every function that answers requests is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for uses that come before any test."""
        told: set[tuple[str, Location]] = set()
        for found in AssumedValues(project) if serves_requests(project) else ():
            if found is None:
                yield Outcome.KEPT
                continue
            finding = self._found(project, found)
            if (finding.message, finding.location) not in told:
                told.add((finding.message, finding.location))
                yield finding

    def _found(self, project: Project, found: Assumed) -> Finding:
        use, giver = found.use, found.giver
        form = use.call if isinstance(use, Handed) else use
        what = f"`{found.subject}`"
        if giver is None:
            message = f"{what} is None where a client leaves it out, and {_used(use)}"
        else:
            message = f"{what} may be None: `{giver.function.fact.name}` gives that, and {_used(use)}"
        related = (
            (Related(function_at(project, giver.function), "what gives None stands here"),) if giver else ()
        )
        return self.finding(
            spot(project, found.function.module, form),
            message,
            "ask whether it is there first, and answer what is meant if not",
            related=related,
        )


def _used(use: Attribute | Subscript | Handed) -> str:
    if isinstance(use, Handed):
        assert isinstance(use.call, Call)
        return f"`{last_name(use.call.function)}` takes it for something"
    return f"`.{use.attr}` is asked of it" if isinstance(use, Attribute) else "an item is asked of it"
