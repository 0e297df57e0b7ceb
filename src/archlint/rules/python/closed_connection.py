"""A database connection that is used after it was closed, or given back to its pool.

## Why is this bad?

At the end of `async with pool.acquire()` the connection belongs to the pool again, and another request may
have it: asyncpg raises `InterfaceError`, "the underlying connection has been released back to the pool". A
connection that was closed, by `close()` or by the end of its `with`, raises too, with every driver. It comes
about where a helper opens it, and returns it, or an object that keeps it, from inside the block.

## What to do

Use it inside the block. Let a helper yield it, as a dependency or a context manager, in place of returning
it.

## Bad

`shop/store.py`:

```python
import asyncpg


class Orders:
    def __init__(self, connection):
        self.connection = connection


async def connection(pool: asyncpg.Pool):
    async with pool.acquire() as opened:
        return opened  # error: [python/closed-connection] "closed before the caller gets it"


async def orders(pool: asyncpg.Pool):
    async with pool.acquire() as opened:
        found = Orders(opened)
    return found  # error: [python/closed-connection] "closed before the caller gets it"
```

`shop/reports.py`:

```python
import sqlite3


def total():
    connection = sqlite3.connect("shop.db")
    cursor = connection.execute("SELECT total FROM orders")
    connection.close()
    return cursor.fetchall()  # error: [python/closed-connection] "is closed by then"
```

## Good

`shop/store.py`:

```python
from contextlib import asynccontextmanager

import asyncpg


@asynccontextmanager
async def connection(pool: asyncpg.Pool):
    async with pool.acquire() as opened:
        yield opened


async def orders(pool: asyncpg.Pool):
    async with connection(pool) as opened:
        return await opened.fetch("SELECT total FROM orders")
```

`shop/reports.py`:

```python
import sqlite3


def total():
    connection = sqlite3.connect("shop.db")
    cursor = connection.execute("SELECT total FROM orders")
    rows = cursor.fetchall()
    connection.close()
    return rows
```

## Source

The documentation of asyncpg, "Connection Pools"; PEP 249, `close()`. Verified with sqlite3 and aiosqlite.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.drivers.lives import uses_of_closed
from archlint.frameworks.drivers.put_away import put_away_closed
from archlint.frameworks.sqlalchemy.places import related
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class ClosedConnection(Rule, frozen=True):
    """Every use of a connection, and every return of one, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether it was closed before."""
        told = set()
        for used in (*uses_of_closed(project), *put_away_closed(project)):
            if used is None:
                yield Outcome.KEPT
            elif used.at not in told:
                told.add(used.at)
                message = "this connection is closed by then"
                if used.is_returned:
                    message = "this connection is closed before the caller gets it"
                if used.is_put_away:
                    message = "this connection is closed before anybody else gets it"
                yield self.finding(
                    project.location(used.at.module, used.at.line, 0),
                    message,
                    "use it inside the block that opens it, or yield it there",
                    related=related(project, used.closed, "it is closed here"),
                )
