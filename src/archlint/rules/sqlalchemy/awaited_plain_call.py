"""An `await` before a call that returns no awaitable.

## Why is this bad?

`AsyncSession.add` is a plain method, and so are those of the `Result` that `await session.execute(…)` gives:
its rows are there already. What they return cannot be awaited, so `await` raises `TypeError`. The same goes
for every call of a plain `Session`.

## What to do

Leave out the `await`.

## Bad

```python
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)


async def everyone(session: AsyncSession) -> list[Customer]:
    result = await session.execute(select(Customer))
    return list(await result.scalars())  # error: [sqlalchemy/awaited-plain-call] "`scalars()` returns"


async def save(session: AsyncSession, order: object) -> None:
    await session.add(order)  # error: [sqlalchemy/awaited-plain-call] "`add()` returns nothing to await"
    await session.commit()
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

from msgspec.structs import replace

from archlint.finding import Act, Confidence, Finding, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import end_of, spot
from archlint.frameworks.sqlalchemy.sessions.coroutines import AWAITED
from archlint.frameworks.sqlalchemy.sessions.holding import origins
from archlint.frameworks.sqlalchemy.sessions.opened import opened
from archlint.frameworks.sqlalchemy.sessions.owner import Origin
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.project import Project
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Value, alternatives
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict

_PLAIN = frozenset({"add", "add_all", "expire", "expire_all", "expunge", "expunge_all", "query"})
_OF_RESULTS = frozenset(
    {
        "all",
        "fetchall",
        "first",
        "mappings",
        "one",
        "one_or_none",
        "scalar",
        "scalar_one",
        "scalar_one_or_none",
    }
    | {"scalars", "unique"}
)


class AwaitedPlainCall(Rule, frozen=True):
    """Every awaited call of a session or result is a place, and every `async with` that opens one."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what is awaited."""
        told, plain = set(), frozenset(_used_plainly(project))
        for trace, called in project.view(DataFlow).events(Called):
            if not called.awaited or called.receiver is None:
                continue
            options = tuple(alternatives(called.receiver))
            if not any(isinstance(option, (Session, Result)) for option in options):
                continue
            if not all(_is_plain(option, called.name) for option in options):
                yield Outcome.KEPT
                continue
            is_sure = all(map(_is_sure, options))
            if not is_sure and plain.isdisjoint(o for each in options for o in origins(each)):
                yield Outcome.UNKNOWN  # whoever awaits it throughout has annotated it wrongly
                continue
            key = (trace.module, called.form.line, called.form.column)
            if key not in told:
                told.add(key)
                finding = self.finding(
                    spot(project, trace.module, called.form),
                    f"`{called.name}()` returns nothing to await",
                    "leave out the `await`",
                    remedy=stepped(Act.UNAWAIT, end_of(project, trace.module, called.form)),
                )
                yield finding if is_sure else _doubted(finding)
        yield from self._opened(project)

    def _opened(self, project: Project) -> Iterator[Verdict]:
        told = set()
        for found in opened(project):
            if not found.is_async or found.fits or not found.is_sure:
                yield Outcome.KEPT if found.fits or not found.is_async else Outcome.UNKNOWN
                continue
            place = spot(project, found.trace.module, found.form)
            if place not in told:
                told.add(place)
                what = f"a plain {found.what} cannot be opened by `async with`"
                yield self.finding(place, what, "write `with`, or make it with an async engine")


def _used_plainly(project: Project) -> Iterator[Origin]:
    """The sessions that somebody asks for something and does not await it, though async ones have to be."""
    for _, called in project.view(DataFlow).events(Called):
        if called.name in AWAITED and not called.awaited and called.receiver is not None:
            yield from (each.origin for each in alternatives(called.receiver) if isinstance(each, Session))


def _is_sure(value: Value) -> bool:
    """Whether the session was seen to be made, or fails in either kind; an annotation may be wrong."""
    owner = value.owner if isinstance(value, (Session, Result)) else None
    return owner is None or owner.is_sure or owner.is_async is True


def _doubted(finding: Finding) -> Finding:
    return replace(
        finding,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        hint="leave out the `await`, or annotate the session as `AsyncSession`",
        remedy=None,
    )


def _is_plain(value: Value, name: str) -> bool:
    """Whether a method gives something that cannot be awaited."""
    if isinstance(value, Result):
        is_surely_read = value.owner is not None and value.owner.is_async is not None
        return name in _OF_RESULTS and not value.is_stream and is_surely_read
    if not isinstance(value, Session) or value.is_scoped:
        return False
    return name in _PLAIN if value.is_async else value.is_async is False and name in AWAITED
