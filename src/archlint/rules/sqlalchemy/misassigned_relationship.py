"""Relationships that are given anything but objects of their target class.

## Why is this bad?

A relationship holds mapped objects. A key, a text or a dict raises `AttributeError`, since it has no
`_sa_instance_state`; one object instead of a list raises `TypeError`; an object of another class fails when
the session writes it. It often begins with a list of names in a request that is handed on as it is.

## What to do

Make or load the objects first, or give the key to the column of the foreign key.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


def place() -> Order:
    return Order(customer=1)  # error: [sqlalchemy/misassigned-relationship] "takes objects of `Customer`"
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


def place(session: Session) -> list[Order]:
    return [Order(customer=session.get_one(Customer, 1)), Order(customer_id=1)]
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; SQLAlchemy's documentation, "Working with ORM Related Objects".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.places.models import declared_at
from archlint.frameworks.sqlalchemy.asked.related_values import related_values
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MisassignedRelationship(Rule, frozen=True):
    """Everything that a relationship is given is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare it with what the relationship leads to."""
        told = set()
        for value in related_values(project):
            if value is None or not value.problem:
                yield Outcome.UNKNOWN if value is None else Outcome.KEPT
                continue
            place = spot(project, value.trace.module, value.form)
            if place not in told:
                told.add(place)
                name = value.relation.name
                yield self.finding(
                    place,
                    f"`{value.entity.name}.{name}` {value.problem}",
                    "make or load the objects first, or set the column of the foreign key",
                    related=declared_at(project, value.relation),
                )
