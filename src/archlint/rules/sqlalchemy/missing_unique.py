"""Joined collections that are read without `unique()`.

## Why is this bad?

`joinedload` of a collection, or `lazy="joined"` in the mapping, gives one row for each object of the
collection, so that the same order comes several times. A `Result` of such a statement refuses to be read
until somebody calls `unique()`: SQLAlchemy raises `InvalidRequestError`. `first()`, `scalar()` and the legacy
`Query` do without.

## What to do

Call `.unique()` on the result, or load the collection with `selectinload`, which is often faster, too.

## Bad

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship


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


def customers(session: Session):
    wanted = select(Customer).options(joinedload(Customer.orders))
    return session.scalars(wanted).all()  # error: [sqlalchemy/missing-unique] "`Customer.orders`"
```

## Good

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship


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


def customers(session: Session):
    wanted = select(Customer).options(joinedload(Customer.orders))
    return session.scalars(wanted).unique().all()
```

## Source

SQLAlchemy's documentation, "Joined Eager Loading"; verified with SQLAlchemy 2.0 and 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Act, Finding, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.sqlalchemy.loads.multiplied import multiplied
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.values.results import STRICT, Result
from archlint.project import Module, Project
from archlint.project.flow.trace import Called, Iterated, Trace
from archlint.project.flow.values import Value, alternatives
from archlint.remedies import chained, stepped
from archlint.rule import Outcome, Rule, Verdict


class MissingUnique(Rule, frozen=True):
    """Every place where a result is read."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for collections that multiply the rows."""
        told = set()
        for trace, event, value in _read(project):
            for result in alternatives(value):
                if not isinstance(result, Result):
                    continue
                path = "" if result.is_unique else multiplied(result)
                if not path:
                    yield Outcome.KEPT
                    continue
                key = (trace.module, *place(event.form))
                if key not in told:
                    told.add(key)
                    yield self._found(project, trace.module, event, result, path)

    def _found(
        self, project: Project, module: Module, event: Called | Iterated, result: Result, path: str
    ) -> Finding:
        place = spot(project, module, event.form)
        is_last = isinstance(event, Called)
        return self.finding(
            place,
            f"`{path}` is joined, so that rows come several times: the result must be made unique",
            "call `.unique()` on the result first, or load the collection with `selectinload`",
            related=related(project, result.of.source, "the statement begins here"),
            remedy=stepped(Act.INSERT, place, "unique().") if is_last else chained(place, "unique"),
        )


def _read(project: Project) -> Iterator[tuple[Trace, Called | Iterated, Value]]:
    flow = project.view(DataFlow)
    for trace, called in flow.events(Called):
        if called.name in STRICT and called.receiver is not None:
            yield trace, called, called.receiver
    for trace, iterated in flow.events(Iterated):
        yield trace, iterated, iterated.value
