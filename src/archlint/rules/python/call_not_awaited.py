"""Calls of an `async def` that nobody awaits: the project's own, and those of well-known libraries.

Such a call only makes a coroutine (https://docs.python.org/3/library/asyncio-task.html#coroutines). As a
statement it does nothing at all; taken for what it would give, it raises.

## Why is this bad?

`notify(order)` without `await` sends nothing, and Python says so in a warning that few people see.
`current_user(request).id` raises, since a coroutine has no `id`.

## What to do

Write `await`, or hand the coroutine to what runs it: `asyncio.create_task(notify(order))`.

## Bad

`shop/orders.py`:

```python
async def current_user(request):
    return request.state.user


async def notify(order):
    await order.send()


async def place(request, order):
    name = current_user(request).name  # error: [python/call-not-awaited] "`current_user` is not awaited"
    notify(order)  # error: [python/call-not-awaited] "does nothing"
    return name
```

## Good

`shop/orders.py`:

```python
import asyncio


async def current_user(request):
    return request.state.user


async def notify(order):
    await order.send()


async def place(request, order):
    name = (await current_user(request)).name
    task = asyncio.create_task(notify(order))
    await asyncio.gather(task, notify(order))
    return name
```

## Bad: methods, other modules, loops and conditions

`shop/mail.py`:

```python
class Mailer:
    async def send(self, to): ...

    async def waiting(self):
        return []
```

`shop/jobs.py`:

```python
from shop.mail import Mailer


class Job:
    def __init__(self, mailer: Mailer):
        self.mailer = mailer

    async def run(self):
        self.mailer.send("a")  # error: [python/call-not-awaited] "does nothing"
        for each in self.mailer.waiting():  # error: [python/call-not-awaited] "not awaited"
            await self.mailer.send(each)
        if self.mailer.waiting():  # error: [python/call-not-awaited] "not awaited"
            return
        async with self.mailer.waiting() as none:  # error: [python/call-not-awaited] "not awaited"
            return none[0]
        await self.mailer.waiting()[0]  # error: [python/call-not-awaited] "not awaited"


def plain(mailer: Mailer):
    mailer.send("b")  # error: [python/call-not-awaited] "not awaited"


def first(mailer: Mailer):
    return mailer.waiting()


async def names(mailer: Mailer):
    if waiting := mailer.waiting():  # error: [python/call-not-awaited] "not awaited"
        return waiting
    if not mailer.waiting() or not names:  # error: [python/call-not-awaited] "not awaited"
        return None
    found = first(mailer)  # error: [python/call-not-awaited] "`first` is not awaited"
    return list(found)
```

## Bad: coroutines of libraries

`shop/orders.py`:

```python
import asyncio

import httpx
from fastapi import FastAPI, Request
from redis.asyncio import Redis

app = FastAPI()
cache = Redis()


@app.post("/orders")
async def order(request: Request):
    number = request.json()["number"]  # error: [python/call-not-awaited] "`json` is not awaited"
    cache.delete(f"order:{number}")  # error: [python/call-not-awaited] "does nothing"
    asyncio.sleep(1)  # error: [python/call-not-awaited] "does nothing"
    async with httpx.AsyncClient() as client:
        stock = client.get("https://stock")  # error: [python/call-not-awaited] "not awaited"
        return stock.json()
```

## Good: the same awaited, and what is none

`shop/orders.py`:

```python
import asyncio

import aiohttp
import httpx
import redis
from fastapi import FastAPI, Request
from redis.asyncio import Redis

app = FastAPI()
cache = Redis()
plain = redis.Redis()


@app.post("/orders")
async def order(request: Request, session: aiohttp.ClientSession):
    number = (await request.json())["number"]
    plain.delete(f"order:{number}")
    asyncio.gather(cache.delete("a"), cache.delete("b"))
    job = asyncio.create_task(cache.get("c"))
    pipe = cache.pipeline()
    pipe.set("d", 1)
    await pipe.execute()
    async with session.get("https://stock") as answer:
        print(answer.status)
    async with httpx.AsyncClient() as client:
        stock = await client.get("https://stock/orders")
        return [stock.json(), await job]
```

## Good: what is awaited later, run by others, or nobody knows

`shop/jobs.py`:

```python
import asyncio
from contextlib import asynccontextmanager

import jobs


@asynccontextmanager
async def session():
    yield 1


@jobs.background
async def in_the_background(): ...


async def rows():
    yield 1


async def send(to): ...


class Other:
    def send(self, to): ...


def relayed(to):
    return send(to)


class Page:
    async def show(self): ...

    def __await__(self):
        return self.show().__await__()


async def run(other, own: Other):
    later = send("a")
    await later
    in_the_background()
    async with session() as one:
        print(one)
    async for row in rows():
        print(row)
    other.send("b")
    own.send("c")
    await asyncio.wait_for(relayed("c"), 1)
    asyncio.run(send("d"))
    await asyncio.wait_for(send("e"), 1)
    return lambda: send("f").x
```

## When not to use it

What is called has to be known: a function, or a method of a class that is. Functions with decorators are left
out, since these may make anything of them. Of libraries, the coroutines of asyncio, FastAPI, Starlette,
aiohttp, httpx, redis, asyncpg, aiofiles, aiosqlite and anyio are known, in functions that are asynchronous.

## Source

https://docs.python.org/3/library/asyncio-task.html#coroutines
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from archlint.facts.expressions import last_name
from archlint.finding import Finding, Severity
from archlint.frameworks.coroutines import COROUTINES, NAMES, PACKAGES
from archlint.frameworks.passed_coroutines import passed_calls
from archlint.frameworks.places.expressions import end_of, place, spot
from archlint.frameworks.relayed_coroutines import relays
from archlint.project import Project
from archlint.project.answer import External
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.call_graph import CallGraph, ResolvedCall
from archlint.project.objects.overrides import Overrides
from archlint.project.objects.taken_calls import Taking, kept_calls, taken_calls
from archlint.project.summaries import Context
from archlint.remedies import awaited
from archlint.rule import Outcome, Rule, Verdict

_MANY = 50
"""Names from which on it costs less to read a body than to look for each of them."""

_OF_COROUTINES = frozenset(
    {"__await__", "close", "send", "throw", "cr_await", "cr_code", "cr_frame", "cr_running"}
)


class CallNotAwaited(Rule, frozen=True):
    """Every call of what is named like a coroutine function is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what happens to what each of them gives."""
        names = {
            fact.name
            for module in project.modules
            for fact in module.functions
            if fact.is_async and not fact.is_generator
        }
        others = frozenset() if PACKAGES.isdisjoint(project.imported) else NAMES
        relaying = relays(project, names | others)
        names |= {each.fact.name for each in relaying}
        graph, functions = project.view(CallGraph), project.view(Functions)
        for function in functions.all() if names or others else ():
            wanted = names | others if function.fact.is_async else names
            if len(wanted) < _MANY and not function.module.mentions(function.fact, *wanted):
                continue
            sites = [
                one for one in functions.summary(function).calls if last_name(one.call.function) in wanted
            ]
            if all(site.context.awaited for site in sites):
                yield from (Outcome.KEPT for _ in sites)
                continue
            statements = function.module.statements(function.fact)
            kept = kept_calls(functions.summary(function), statements, _OF_COROUTINES)
            taken = {place(each): Taking.USED for each in kept}
            passed = passed_calls(project, function, wanted, _OF_COROUTINES)
            taken |= {place(each): Taking.USED for each in passed}
            taken |= {place(each): how for each, how in taken_calls(statements, _OF_COROUTINES)}
            for site in sites:
                how = None if _must_fail(site.context) else taken.get(place(site.call))
                yield (
                    Outcome.KEPT
                    if how is None
                    else self._judged(project, graph.call_at(function, site), how, relaying)
                )

    def _judged(
        self, project: Project, call: ResolvedCall, how: Taking, relaying: Collection[ProjectFunction]
    ) -> Verdict:
        called = call.function
        if isinstance(call.callee, External):
            return self._found(project, call, how) if call.callee.name in COROUTINES else Outcome.KEPT
        is_plain = called is not None and (not called.fact.is_async or called.fact.is_generator)
        if is_plain and called not in relaying:
            return Outcome.KEPT
        if called is not None and project.view(Overrides).may_be_plain(called):
            return Outcome.UNKNOWN
        if called is None or called.fact.decorators:
            return Outcome.UNKNOWN if call.is_unknown or called is not None else Outcome.KEPT
        return self._found(project, call, how)

    def _found(self, project: Project, call: ResolvedCall, how: Taking) -> Finding:
        module, form = call.caller.module, call.site.call
        result = "it does nothing" if how is Taking.DROPPED else "a coroutine is not its result"
        return self.finding(
            spot(project, module, form),
            f"`{last_name(form.function)}` is not awaited: {result}",
            "write `await` before the call, or hand the coroutine to what runs it",
            remedy=awaited(end_of(project, module, form)) if call.caller.fact.is_async else None,
        )


def _must_fail(context: Context) -> bool:
    """Whether a test says that a call raises: it is refused for its arguments, before anything runs."""
    return any("raises" in last_name(getattr(form, "function", form)).lower() for form in context.managers)
