"""A pool or connection that is made in another event loop than the one that serves requests.

## Why is this bad?

`asyncio.run()` closes its loop when the coroutine is done, and a server starts one of its own. What asyncpg
opened in the first cannot be used in the second: the first request raises `RuntimeError`, "attached to a
different loop", or `InterfaceError`.

## What to do

Make it where the server starts, in its own loop: in a lifespan, in `on_startup` or in `cleanup_ctx`.

## Bad

`shop/web.py`:

```python
import asyncio

import asyncpg
from aiohttp import web


async def make_pool() -> asyncpg.Pool:
    return await asyncpg.create_pool("postgresql://localhost/shop")


async def orders(request: web.Request) -> web.Response:
    rows = await request.app["pool"].fetch("SELECT number FROM orders")
    return web.json_response([row["number"] for row in rows])


def main() -> None:
    app = web.Application()
    app["pool"] = asyncio.run(make_pool())  # error: [python/pool-of-other-loop] "its loop is over"
    app.router.add_get("/orders", orders)
    web.run_app(app)
```

## Good

`shop/web.py`:

```python
import asyncio

import asyncpg
from aiohttp import web


async def make_pool(app: web.Application) -> None:
    app["pool"] = await asyncpg.create_pool("postgresql://localhost/shop")


async def orders(request: web.Request) -> web.Response:
    rows = await request.app["pool"].fetch("SELECT number FROM orders")
    return web.json_response([row["number"] for row in rows])


async def count() -> None:
    async with asyncpg.create_pool("postgresql://localhost/shop") as pool:
        print(await pool.fetchval("SELECT count(*) FROM orders"))


def main() -> None:
    asyncio.run(count())
    app = web.Application()
    app.on_startup.append(make_pool)
    app.router.add_get("/orders", orders)
    web.run_app(app)
```

## When not to use it

Where the server is told to use that loop.

## Source

https://docs.python.org/3/library/asyncio-runner.html#asyncio.run; the FAQ of asyncpg. Verified with asyncpg
0.32.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.drivers.loops import completed
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class PoolOfOtherLoop(Rule, frozen=True):
    """Every run of a coroutine to its end is a place, where an application answers requests."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether it leaves something behind that belongs to its loop."""
        told = set()
        for each in completed(project):
            if not each.leaves_pool:
                yield Outcome.KEPT
            elif (each.module, each.call.line) not in told:
                told.add((each.module, each.call.line))
                yield self.finding(
                    spot(project, each.module, each.call),
                    "what this opens cannot be used by the server: its loop is over",
                    "open it in the loop of the server: in a lifespan or `on_startup`",
                )
