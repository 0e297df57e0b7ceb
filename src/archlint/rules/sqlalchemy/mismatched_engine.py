"""Async engines in plain sessions, and plain ones in async sessions.

## Why is this bad?

`AsyncSession` refuses a plain engine with `ArgumentError`, and a plain session fails with an async one at its
first query. `metadata.create_all` runs on plain engines and connections only, too.

## What to do

Take `async_sessionmaker` with `create_async_engine`, `sessionmaker` with `create_engine`, and
`await connection.run_sync(metadata.create_all)`.

## Bad

```python
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import sessionmaker

metadata = MetaData()
engine = create_async_engine("sqlite+aiosqlite://")
Session = sessionmaker(bind=engine)  # error: [sqlalchemy/mismatched-engine] "is async, `sessionmaker` is not"


async def create() -> None:
    async with engine.begin() as connection:
        metadata.create_all(connection)  # error: [sqlalchemy/mismatched-engine] "is async, `create_all`"
```

## Good

```python
from sqlalchemy import MetaData, create_engine
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker

metadata = MetaData()
engine = create_async_engine("sqlite+aiosqlite://")
Session = async_sessionmaker(engine)
Older = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
Plain = sessionmaker(create_engine("sqlite://"))


async def create() -> None:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; SQLAlchemy's documentation, "Asynchronous I/O (asyncio)".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.sessions.engine_kinds import given_engines
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MismatchedEngine(Rule, frozen=True):
    """Every engine or connection that a session, a factory or metadata is given is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare both kinds."""
        told = set()
        for given in given_engines(project):
            if given.is_async is given.wants_async:
                yield Outcome.KEPT
                continue
            place = spot(project, given.trace.module, given.called.form)
            if place in told:
                continue
            told.add(place)
            name = given.called.name
            if not given.is_async:
                what, hint = f"the engine is not async, `{name}` is", "make it with `create_async_engine`"
            elif name.endswith("_all") or name == "reflect":
                what = f"the engine is async, `{name}` is not"
                hint = f"run it with `await connection.run_sync(metadata.{name})`"
            else:
                what, hint = (
                    f"the engine is async, `{name}` is not",
                    "use `async_sessionmaker`, `AsyncSession`",
                )
            yield self.finding(place, what, hint)
