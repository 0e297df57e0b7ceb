"""Texts of a request that are used like numbers.

## Why is this bad?

What a client sends is text: the query string, the path, headers, cookies and forms give `"20"` and not 20.
To reckon with it, to compare it with a number, to cut a list with it, or to pass it to PostgreSQL for a
`LIMIT` is a `TypeError` or a `DataError`. It stays unseen as long as nobody sends the parameter: then the
number counts that stands there for a default.

## What to do

Make a number of it where it is read, and answer 400 where it is none: `int(request.args["page"])`, or
`request.args.get("page", 1, type=int)`.

## Bad

`shop/web.py`:

```python
from flask import Flask, request

app = Flask(__name__)
ORDERS = ["a", "b"]


def limit():
    return request.args.get("limit", 20)


@app.get("/orders")
def orders():
    page = request.args.get("page", 1)
    start = (page - 1) * 20  # error: [python/unconverted-text] "reckoned"
    return ORDERS[start : start + 20]


@app.get("/newest")
def newest():
    if limit() > 100:  # error: [python/unconverted-text] "compared with a number"
        return []
    return ORDERS[: limit()]  # error: [python/unconverted-text] "bounds a slice"
```

`shop/stock.py`:

```python
import asyncpg
from aiohttp import web


class Stock:
    def __init__(self, pool: asyncpg.Pool):
        self.pool = pool

    async def page(self, limit):
        statement = "SELECT id FROM stock ORDER BY id LIMIT $1"
        return await self.pool.fetch(statement, limit)  # error: [python/unconverted-text] "PostgreSQL"


async def stock(request: web.Request):
    rows = await Stock(await asyncpg.create_pool()).page(request.query.get("limit", 20))
    return web.json_response([row["id"] for row in rows])
```

## Good

`shop/web.py`:

```python
from flask import Flask, request

app = Flask(__name__)
ORDERS = ["a", "b"]


@app.get("/orders")
def orders():
    page = int(request.args.get("page", 1))
    size = request.args.get("size", 20, type=int)
    start = (page - 1) * size
    name = request.args.get("name", "") + "%"
    return [order for order in ORDERS[start : start + size] if order < name]
```

## When not to use it

The requests of Flask, Quart, aiohttp, Starlette, FastAPI, Litestar, Sanic and Tornado are known. Those of
Django are left out.

## Source

The documentation of Flask, aiohttp and Starlette on their requests, and of asyncpg on types of arguments.
Verified with Flask, aiohttp and Starlette; asyncpg needs a server to be asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sent.misused import misused_texts
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnconvertedText(Rule, frozen=True):
    """Every use of a text that a client has sent, where a number could be, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether it is used like a number."""
        for each in misused_texts(project):
            if not each.source:
                yield Outcome.KEPT
                continue
            yield self.finding(
                spot(project, each.module, each.form),
                f"this is text from {each.source}, and {each.use}",
                "make a number of it where it is read: `int(…)`",
            )
