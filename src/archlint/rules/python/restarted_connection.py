"""A connection of aiosqlite that is started twice.

## Why is this bad?

`aiosqlite.connect()` gives something to be awaited or entered, and either starts the thread of the
connection. A thread starts once: `async with await aiosqlite.connect(…)` raises `RuntimeError`, "threads can
only be started once", and so does the second request that enters a connection which was made with the
application.

## What to do

Await it, or enter it, and not both. Make a connection for each `async with`; where one is kept, await it once
as the application starts.

## Bad

`shop/store.py`:

```python
import aiosqlite


async def connect():
    connection = await aiosqlite.connect("shop.db")
    connection.row_factory = aiosqlite.Row
    return connection


async def orders():
    async with await connect() as opened:  # error: [python/restarted-connection] "is started already"
        return await opened.execute_fetchall("SELECT number FROM orders")


class Store:
    def __init__(self):
        self.connection = aiosqlite.connect("shop.db")

    async def stock(self):
        async with self.connection as opened:  # error: [python/restarted-connection] "by each call"
            return await opened.execute_fetchall("SELECT name FROM stock")
```

`shop/web.py`:

```python
from fastapi import FastAPI

from shop.store import Store, orders

app = FastAPI()
store = Store()


@app.get("/stock")
async def stock():
    return len(await store.stock())
```

## Good

`shop/store.py`:

```python
import aiosqlite


class Store:
    def connect(self):
        return aiosqlite.connect("shop.db")

    async def stock(self):
        async with self.connect() as opened:
            return await opened.execute_fetchall("SELECT name FROM stock")
```

`shop/web.py`:

```python
from fastapi import FastAPI

from shop.store import Store

app = FastAPI()
store = Store()


@app.get("/stock")
async def stock():
    return len(await store.stock())
```

## Source

https://aiosqlite.omnilib.dev/en/stable/; verified with aiosqlite 0.20 and 0.22.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.drivers.lives import entered_again
from archlint.frameworks.handlers import serves_requests
from archlint.frameworks.places.expressions import start
from archlint.frameworks.sqlalchemy.sessions.shared import outliving_unstarted
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RestartedConnection(Rule, frozen=True):
    """Every `async with` of a connection of aiosqlite is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether it was started, or will be again."""
        if "aiosqlite" not in project.imported:
            return
        told = set()
        outliving = outliving_unstarted(project) if serves_requests(project) else frozenset()
        for trace, opened, is_started in entered_again(project, outliving):
            key = trace.module, getattr(opened.form, "line", 0)
            if is_started is None:
                yield Outcome.KEPT
            elif key not in told:
                told.add(key)
                message = (
                    "this connection is started already: its thread cannot start again"
                    if is_started
                    else "this connection is made once, and started anew by each call"
                )
                yield self.finding(
                    start(project, trace.module, opened.form),
                    message,
                    "enter `aiosqlite.connect(…)` itself, or await it once",
                )
