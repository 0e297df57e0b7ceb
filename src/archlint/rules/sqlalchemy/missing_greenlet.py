"""Attributes that an async session would have to load without `await`.

## Why is this bad?

With `AsyncSession` every query is awaited. A relationship that was not loaded with its row, and every
attribute that a commit or rollback has expired, would be queried for by a plain attribute access, where
nobody awaits: SQLAlchemy raises `MissingGreenlet`. A response model, a property or a helper that reads the
attribute fails as well.

## What to do

Load what is needed with the row (`selectinload`, `joinedload`), `await session.refresh(order,
["customer"])`, or await `order.awaitable_attrs.customer`. Make sessions with `expire_on_commit=False`. Where
only an annotation speaks of the session, others may have loaded more of the object before: that is a warning.

## Bad

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

Session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"), expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()


async def show(number: int) -> str:
    async with Session() as session:
        order = await session.scalar(select(Order).where(Order.id == number))
        return order.customer.name  # error: [sqlalchemy/missing-greenlet] "`Order.customer` is not loaded"
```

## Good

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

Session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"), expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()


async def show(number: int) -> str:
    async with Session() as session:
        wanted = select(Order).where(Order.id == number).options(selectinload(Order.customer))
        order = await session.scalar(wanted)
        return order.customer.name
```

## Source

SQLAlchemy's documentation, error [xd2s](https://sqlalche.me/e/20/xd2s), and "Preventing Implicit IO
when Using AsyncSession".
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Confidence, Course, Finding, Severity
from archlint.frameworks.sqlalchemy.loads.lazy_reads import Failing, failing_reads
from archlint.frameworks.sqlalchemy.loads.loading import Lack
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MissingGreenlet(Rule, frozen=True):
    """Every read of an attribute of an object whose row was seen is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what each read meets."""
        for failing in failing_reads(project, Lack.GREENLET):
            yield Outcome.KEPT if failing is None else self._found(project, failing)

    def _found(self, project: Project, failing: Failing) -> Finding:
        read = failing.read
        name, what = read.name, "not loaded"
        hint = f"load `{name}` with the row (`selectinload`), or await `awaitable_attrs.{name}`"
        if read.is_left_out:
            hint = f"load `{name}` with the row (`undefer`), or await `awaitable_attrs.{name}`"
        elif not read.is_relation:
            what = "expired"
            otherwise = "make the session with `expire_on_commit=False`"
            if read.is_rolled_back:
                otherwise = "read it before the rollback"
            hint = f"await `session.refresh(…)`, or {otherwise}"
        finding = self.finding(
            read.location(project),
            f"`{read.instance.entity.name}.{name}` is {what}, and an async session cannot load it on access",
            hint,
            course=Course.TO_HERE,
            remedy=read.remedy(project),
            related=failing.related(project),
        )
        if not read.is_of_promised_session or read.is_rolled_back:
            return finding
        # Whoever passes it may have loaded the object with more before: a session has one object for a row.
        return replace(finding, severity=Severity.WARNING, confidence=Confidence.MEDIUM)
