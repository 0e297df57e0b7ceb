"""Parts of the API that SQLAlchemy 2 has removed.

## Why is this bad?

Text instead of a statement, a list for `select()`, and names of relationships instead of attributes, in
joins and loader options, raise `ArgumentError` since version 2. `engine.execute()`, `Query.from_self()` and
`statement.execute()` are gone, as are `MetaData(bind=…)`, `autocommit=True` and `postgres://`. Most of it is
found in code that was written from memory, or moved from an old project.

Only projects that are written for version 2 are looked at: those that use what only version 2 has, require
it, or require SQLAlchemy without any bound.

## What to do

Wrap text in `text()`, pass columns one by one, and attributes of classes instead of their names.

## Bad

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


def found(session: Session):
    return session.execute("SELECT 1")  # error: [sqlalchemy/removed-api] "plain text is not a statement"
```

## Good

```python
from sqlalchemy import ForeignKey, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


def found(session: Session):
    yield session.execute(text("SELECT 1"))
    yield session.scalars(select(Order).join(Order.customer))
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; SQLAlchemy's documentation, "SQLAlchemy 2.0 - Major Migration
Guide".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.removed.arguments import refused
from archlint.frameworks.sqlalchemy.removed.calls import removed_uses
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RemovedApi(Rule, frozen=True):
    """Every statement, join and loader option is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what they are given."""
        told = set()
        for use in removed_uses(project, refused):
            if use is None:
                yield Outcome.KEPT
            elif use.place not in told:
                told.add(use.place)
                yield self.finding(use.place, use.what, use.hint)
