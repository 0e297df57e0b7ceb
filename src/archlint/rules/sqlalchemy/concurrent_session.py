"""One async session in several tasks at once.

## Why is this bad?

A session has one connection, and does one thing at a time. Two of its calls in `asyncio.gather` run into
each other: SQLAlchemy raises `InvalidRequestError` or `IllegalStateChangeError`, drivers such as asyncpg
raise `InterfaceError`. SQLite often hides it. Once a session has its connection, since something was awaited
of it before, most drivers make the calls wait for each other: nothing is gained, and it is a warning.

## What to do

Await one after the other, or open a session in each task.

## Bad

```python
import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


async def both(session: AsyncSession):
    return await asyncio.gather(  # error: [sqlalchemy/concurrent-session] "at the same time"
        session.scalar(text("SELECT 1")),
        session.scalar(text("SELECT 2")),
    )
```

## Good

```python
import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

Session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))


async def both():
    async with Session() as first, Session() as second:
        return await asyncio.gather(first.scalar(text("SELECT 1")), second.scalar(text("SELECT 2")))
```

## Source

SQLAlchemy's documentation, error [isce](https://sqlalche.me/e/20/isce), and "Using AsyncSession
with Concurrent Tasks".
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.sessions.concurrency import gatherings
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class ConcurrentSession(Rule, frozen=True):
    """Every call that runs several coroutines at once is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a session that several of them use."""
        told = set()
        for gathering in gatherings(project):
            form = gathering.form
            key = (gathering.trace.module, form.line, form.column)
            if not gathering.is_shared:
                yield Outcome.KEPT
            elif key not in told:
                told.add(key)
                finding = self.finding(
                    spot(project, gathering.trace.module, form),
                    "several coroutines use one session at the same time",
                    "await them one after the other, or open a session in each",
                )
                yield replace(finding, severity=Severity.WARNING) if gathering.is_late else finding
