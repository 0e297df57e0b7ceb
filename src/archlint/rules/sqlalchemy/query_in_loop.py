"""Queries that run once for each row of another.

## Why is this bad?

A loop over rows that queries the database in every iteration takes one query more than there are rows. The
time goes into the round trips, and grows with the data. Helpers that the loop calls count, too.

## What to do

Query once before the loop, for all rows: with a join, with `in_()` and a dict, with a relationship that is
loaded with the rows, or with `group_by` for counts.

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


def numbers(session: Session) -> dict[str, list[str]]:
    found = {}
    for customer in session.scalars(select(Customer)).all():
        wanted = select(Order.number).where(Order.customer_id == customer.id)
        found[customer.name] = list(session.scalars(wanted))  # warning: [sqlalchemy/query-in-loop] "in every"
    return found
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


def numbers(session: Session) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    wanted = select(Customer.name, Order.number).join(Customer.orders)
    for name, number in session.execute(wanted):
        found.setdefault(name, []).append(number)
    return found
```

## When not to use it

Loops over few rows that are known to stay few, and work in batches.

## Source

SQLAlchemy's documentation, "Relationship Loading Techniques": the N plus one problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.finding import Related, Severity
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.sqlalchemy.loads.loops import Around, askings
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_FOR_ALL = "run one statement for all rows: one condition, or a list of values"


@dataclass(frozen=True, slots=True)
class QueryInLoop(Rule):
    """Every call that queries the database is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a loop over rows around it."""
        told = set()
        for asking in askings(project):
            form = asking.called.form
            key = (asking.trace.module, form.line, form.column)
            if asking.around is None:
                yield Outcome.KEPT
            elif key not in told:
                told.add(key)
                yield self.finding(
                    spot(project, asking.trace.module, form),
                    "this query runs in every iteration of a loop over rows",
                    _FOR_ALL if asking.writes else "query once for all rows, before the loop",
                    related=_loop(project, asking.around),
                )


def _loop(project: Project, around: Around) -> tuple[Related, ...]:
    line, column = place(around.loop.form)
    return (Related(project.location(around.module, line, column), "the loop is here"),) if line else ()
