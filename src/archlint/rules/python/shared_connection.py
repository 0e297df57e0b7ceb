"""One database connection for all requests.

## Why is this bad?

A connection does one thing at a time, within one transaction. Where an application opens one as it starts
and all requests use it, asyncpg raises `InterfaceError`, "another operation is in progress", as soon as two
of them meet; with other drivers they wait for each other, and one commits or rolls back what another has
half done. When the server closes it, every later request fails.

## What to do

Make a pool as the application starts, and take a connection from it for each request.

## Bad

`shop/web.py`:

```python
import asyncpg
from aiohttp import web


async def connect(app: web.Application) -> None:
    app["db"] = await asyncpg.connect("postgresql:///shop")  # warning: [python/shared-connection] "all"


async def orders(request: web.Request) -> web.Response:
    rows = await request.app["db"].fetch("SELECT number FROM orders")
    return web.json_response([row["number"] for row in rows])
```

## Good

`shop/web.py`:

```python
import asyncpg
from aiohttp import web


async def connect(app: web.Application) -> None:
    app["pool"] = await asyncpg.create_pool("postgresql://localhost/shop")


async def orders(request: web.Request) -> web.Response:
    async with request.app["pool"].acquire() as connection:
        rows = await connection.fetch("SELECT number FROM orders")
    return web.json_response([row["number"] for row in rows])


async def count(request: web.Request) -> web.Response:
    connection = await asyncpg.connect("postgresql://localhost/archive")
    try:
        return web.json_response(await connection.fetchval("SELECT count(*) FROM orders"))
    finally:
        await connection.close()
```

## When not to use it

An application that answers one request at a time.

## Source

asyncpg's documentation, FAQ and "Connection Pools"; DB-API 2.0 (PEP 249), `threadsafety`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.drivers.names import DRIVERS
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.sessions.shared import DRIVER_CONNECTION, shared_sessions
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class SharedConnection(Rule, frozen=True):
    """Every use of a connection of a driver is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for connections that outlive the function in which they are used."""
        told = set()
        if project.imported.isdisjoint(DRIVERS):
            return
        for shared in shared_sessions(project):
            if shared is None or shared.what != DRIVER_CONNECTION:
                yield Outcome.KEPT
            elif shared.place not in told:
                told.add(shared.place)
                yield self.finding(
                    project.location(shared.place.module, shared.place.line, 0),
                    "this connection is made once and used by all requests",
                    "make a pool, and take a connection from it for each request",
                    related=related(project, shared.use, "it is used here"),
                )
