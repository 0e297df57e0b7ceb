"""Statements that are built and go nowhere.

## Why is this bad?

A statement is only a value. `statement.where(…)` returns a new one and leaves the old one unchanged;
`delete(Order)` does nothing until a session runs it. A line that only builds one has no effect: the
condition is missing, or nothing is deleted.

## What to do

Assign the new statement, or run it.

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


def numbers(session: Session, customer: int | None):
    wanted = select(Order.number)
    if customer is not None:
        wanted.where(Order.customer_id == customer)  # warning: [sqlalchemy/dropped-statement] "goes nowhere"
    return session.scalars(wanted).all()
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


def numbers(session: Session, customer: int | None):
    wanted = select(Order.number)
    if customer is not None:
        wanted = wanted.where(Order.customer_id == customer)
    return session.scalars(wanted).all()
```

## Source

SQLAlchemy's documentation, "Select and Related Constructs": they are generative.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.sqlalchemy.statements.running import dropped_statements, run_statements
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class DroppedStatement(Rule, frozen=True):
    """Every statement that is run or dropped is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for statements that nobody keeps."""
        told = set()
        for _ in run_statements(project):
            yield Outcome.KEPT
        for trace, form, _ in dropped_statements(project):
            key = (trace.module, *place(form))
            if key not in told:
                told.add(key)
                yield self.finding(
                    spot(project, trace.module, form),
                    "this statement is built and goes nowhere",
                    "assign it to a name, or run it with the session",
                )
