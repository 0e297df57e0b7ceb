"""Calls of an async session that nobody awaits.

## Why is this bad?

`session.commit()` of an `AsyncSession` only makes a coroutine. Without `await` nothing happens: the change
is lost when the session closes, with a warning at best. What is read off the coroutine instead of its
result raises `AttributeError`.

## What to do

Write `await` before the call.

## Bad

```python
from sqlalchemy.ext.asyncio import AsyncSession


async def save(session: AsyncSession, order: object) -> None:
    session.add(order)
    session.commit()  # error: [sqlalchemy/call-not-awaited] "`commit()` of an async session is not awaited"
```

## Good

```python
from sqlalchemy.ext.asyncio import AsyncSession


async def save(session: AsyncSession, order: object) -> None:
    session.add(order)
    await session.commit()
```

## Source

Verified with SQLAlchemy 2.0 and 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Expression
from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.sqlalchemy.sessions.coroutines import Coroutine
from archlint.project import Project
from archlint.project.flow.trace import Called, Dropped, Iterated, Read, Subscripted, Tested, Trace, Written
from archlint.project.flow.values import Value
from archlint.remedies import awaited
from archlint.rule import Outcome, Rule, Verdict

_OF_COROUTINES = frozenset({"close", "send", "throw", "cr_await", "cr_code", "cr_frame", "cr_running"})


class CallNotAwaited(Rule, frozen=True):
    """Every call of an async session is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for coroutines that are dropped, or taken for what they would give."""
        told = set()
        for _, called in project.view(DataFlow).events(Called):
            if called.awaited and isinstance(called.result, Coroutine):
                yield Outcome.KEPT
        for trace, form, value in _misused(project):
            if not isinstance(value, Coroutine):
                continue
            key = (trace.module, *place(form))
            if key not in told:
                told.add(key)
                made = value.source
                yield self.finding(
                    spot(project, trace.module, form),
                    f"`{value.name}()` of an async session is not awaited, so it does nothing",
                    f"write `await` before the call of `{value.name}`",
                    remedy=awaited(
                        project.location(made.module, made.line, made.column, made.line, made.column)
                    ),
                )


def _misused(project: Project) -> Iterator[tuple[Trace, Expression, Value]]:
    flow = project.view(DataFlow)
    for trace, dropped in flow.events(Dropped):
        yield trace, dropped.form, dropped.value
    for trace, read in flow.events(Read):
        if read.name not in _OF_COROUTINES:
            yield trace, read.form, read.receiver
    for trace, called in flow.events(Called):
        if called.receiver is not None and called.name not in _OF_COROUTINES:
            yield trace, called.form, called.receiver
    for trace, written in flow.events(Written):
        yield trace, written.form, written.receiver
    for trace, tested in flow.events(Tested):
        yield trace, tested.form, tested.value
    for trace, iterated in flow.events(Iterated):
        yield trace, iterated.form, iterated.value
    for trace, subscripted in flow.events(Subscripted):
        yield trace, subscripted.form, subscripted.receiver
