"""Results and rows that are taken for something else.

## Why is this bad?

`session.execute(select(Order))` returns rows, each with one order in it: `row.number` raises
`AttributeError`, since the row has only `row.Order`. The result of `scalars()` has no `scalar_one()`, and a
legacy `Query` has neither. Rows have no keys since version 2, cannot be changed, and hold as many values as
were selected; a statement returns nothing until a session runs it. A model of Pydantic that
is made of a row finds the names of its columns, and not what is in the object there.

## What to do

Ask for the objects (`session.scalars(…)`, `result.scalars()`), or name the column of the row.

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


def numbers(session: Session) -> list[str]:
    rows = session.execute(select(Order)).all()
    return [row.number for row in rows]  # error: [sqlalchemy/misread-result] "a row has no `number`"
```

## Good

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


def numbers(session: Session) -> list[str]:
    return [order.number for order in session.scalars(select(Order))]


def pairs(session: Session) -> list[tuple[str, int]]:
    rows = session.execute(select(Order.number, Order.customer_id)).all()
    return [(row.number, row.customer_id) for row in rows]
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; SQLAlchemy's documentation, "Using SELECT Statements: Selecting ORM
Entities".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.shapes.mistaken import asked_of_results
from archlint.frameworks.sqlalchemy.shapes.validated import rows_validated
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MisreadResult(Rule, frozen=True):
    """Everything that is done with a result or a row is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare with what they have and can."""
        told = set()
        for asked in (*asked_of_results(project), *rows_validated(project)):
            if isinstance(asked, bool):
                yield Outcome.KEPT if asked else Outcome.UNKNOWN
            elif asked.key not in told:
                told.add(asked.key)
                yield self.finding(spot(project, asked.trace.module, asked.form), asked.what, asked.hint)
