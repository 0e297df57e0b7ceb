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

A loop each turn of which commits, or has a session of its own, is left alone: it works row by row, and
means to.

## When not to use it

Loops over few rows that are known to stay few, and work in batches.

## Source

SQLAlchemy's documentation, "Relationship Loading Techniques": the N plus one problem.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, last_name
from archlint.finding import Finding, Related, Severity
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.sqlalchemy.loads.loops import Around, Asking, askings, refreshed_relations
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_FOR_ALL = "run one statement for all rows: one condition, or a list of values"


class QueryInLoop(Rule, frozen=True):
    """Every call that queries the database is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for loops over rows around it."""
        told: set[object] = set()
        for asking in askings(project):
            if not asking.around:
                yield Outcome.KEPT
            for around in asking.around:
                form = around.way[-1].event.form if around.way else asking.called.form
                key = (around.trace.module, place(form)[0])  # one of a line is enough
                if key not in told:
                    told.add(key)
                    yield self._found(project, asking, around)

    def _found(self, project: Project, asking: Asking, around: Around) -> Finding:
        asked = spot(project, asking.trace.module, asking.called.form)
        hint = _FOR_ALL if asking.writes else "query once for all rows, before the loop"
        relations = refreshed_relations(asking.called)
        if relations:
            hint = f"load it with the rows: `selectinload({relations[0]})`"
        when = "in every iteration of a loop over rows"
        if not around.way:
            return self.finding(asked, f"this query runs {when}", hint, related=_loop(project, around))
        form = around.way[-1].event.form
        name = last_name(form.function if isinstance(form, Call) else form)
        return self.finding(
            spot(project, around.trace.module, form),
            f"`{name}{'()' if isinstance(form, Call) else ''}` queries the database {when}",
            hint,
            related=(*_loop(project, around), Related(asked, "this is the query")),
        )


def _loop(project: Project, around: Around) -> tuple[Related, ...]:
    line, column = place(around.loop.form)
    return (Related(project.location(around.trace.module, line, column), "the loop is here"),) if line else ()
