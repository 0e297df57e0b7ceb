"""Moments with a time zone for columns without one, where asyncpg is the driver.

## Why is this bad?

`DateTime` is a column without time zone, and so is a `datetime` in an annotation. Other drivers convert what
they are given, or cut the zone off; asyncpg raises `DataError`: "can't subtract offset-naive and offset-aware
datetimes". `datetime.now(timezone.utc)` as a default makes every insert fail, and in a condition the query.

The rule speaks where an engine of the project names asyncpg in its URL, or the configuration does
(`driver` in `[tool.archlint.stack]`).

## What to do

Declare the column with `DateTime(timezone=True)`, or store moments without a zone everywhere.

## Bad

```python
from datetime import datetime, timezone

from sqlalchemy import DateTime
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine("postgresql+asyncpg://localhost/shop")


def now() -> datetime:
    return datetime.now(timezone.utc)


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    placed: Mapped[datetime] = mapped_column(
        DateTime,
        default=now,  # error: [sqlalchemy/aware-moment-in-naive-column] "no time zone"
    )
    paid: Mapped[datetime | None]


def pay(order: Order) -> None:
    order.paid = now()  # error: [sqlalchemy/aware-moment-in-naive-column] "`Order.paid`"
```

## Good

```python
from datetime import datetime, timezone

from sqlalchemy import DateTime
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine("postgresql+asyncpg://localhost/shop")


def now() -> datetime:
    return datetime.now(timezone.utc)


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    placed: Mapped[datetime] = mapped_column(
        DateTime(timezone=True),
        default=now,
    )
    paid: Mapped[datetime | None]


def pay(order: Order) -> None:
    order.paid = now().replace(tzinfo=None)
```

## Source

https://docs.sqlalchemy.org/en/20/core/type_basics.html#sqlalchemy.types.DateTime
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.statements.stored_moments import StoredMoments, drivers
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_REFUSING = frozenset({"asyncpg"})


class AwareMomentInNaiveColumn(Rule, frozen=True):
    """Every moment that is put into a column without time zone, or compared with one, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look which of them have a time zone."""
        if not len(project.view(Mappings)) or drivers(project) != _REFUSING:
            return
        told = set()
        for moment in StoredMoments(project):
            if not moment.is_aware:
                yield Outcome.KEPT
            elif moment.place not in told:
                told.add(moment.place)
                yield self.finding(
                    moment.place,
                    f"`{moment.column}` has no time zone, and asyncpg refuses a moment that has one",
                    "declare the column with `DateTime(timezone=True)`, or cut the zone off",
                )
