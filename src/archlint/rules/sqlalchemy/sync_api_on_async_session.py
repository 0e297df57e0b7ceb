"""Plain use of async sessions: methods that they do not have, and `with` without `async`.

## Why is this bad?

`AsyncSession` has no `query()` and no bulk methods: the call raises `AttributeError`. A plain `with` raises
`TypeError`, whether it is given an async session, connection or transaction.

## What to do

Build the statement with `select()` and `await session.execute(…)` or `await session.scalars(…)`. Old code
that needs the plain session runs inside `await session.run_sync(…)`. Open sessions with `async with`.

## Bad

```python
from sqlalchemy.ext.asyncio import AsyncSession


async def names(session: AsyncSession, model: type):
    return session.query(model).all()  # error: [sqlalchemy/sync-api-on-async-session] "no `query`"
```

## Good

```python
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession


async def names(session: AsyncSession, model: type):
    return (await session.scalars(select(model))).all()
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; SQLAlchemy's documentation, "Asynchronous I/O".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.sessions.opened import opened
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.shapes.members import ASYNC_SESSION, SCOPED, SYNC_ONLY
from archlint.project import Project
from archlint.project.flow.trace import Called, Read, Trace
from archlint.project.flow.values import something
from archlint.rule import Outcome, Rule, Verdict


class SyncApiOnAsyncSession(Rule, frozen=True):
    """Everything that is asked of an async session is a place, and every `with` that opens one."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare with what it has."""
        flow, told = project.view(DataFlow), set()
        asked: list[tuple[Trace, Read | Called]] = [*flow.events(Read), *flow.events(Called)]
        for trace, event in asked:
            options = tuple(something(event.receiver)) if event.receiver is not None else ()
            session = options[0] if len(options) == 1 else None
            if not isinstance(session, Session) or session.is_async is not True:
                continue
            if event.name in ASYNC_SESSION or (session.is_scoped and event.name in SCOPED):
                yield Outcome.KEPT
                continue
            if event.name not in SYNC_ONLY:
                yield Outcome.UNKNOWN  # it may be a class of the project that inherits from it
                continue
            key = (trace.module, event.form.line, event.form.column)
            if key not in told:
                told.add(key)
                yield self.finding(
                    spot(project, trace.module, event.form),
                    f"an async session has no `{event.name}`",
                    "await `session.execute(…)` or `session.scalars(…)` with a `select(…)`",
                )
        yield from self._opened(project)

    def _opened(self, project: Project) -> Iterator[Verdict]:
        told = set()
        for found in opened(project):
            if found.is_async or found.fits:
                yield Outcome.KEPT
                continue
            place = spot(project, found.trace.module, found.form)
            if place not in told:
                told.add(place)
                what = f"an async {found.what} cannot be opened by a plain `with`"
                yield self.finding(place, what, "write `async with`")
