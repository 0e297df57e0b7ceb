"""Loader options that lead nowhere.

## Why is this bad?

`joinedload(Order.items)` is for a statement that selects `Order`. Where that selects something else, or only
columns, SQLAlchemy raises `ArgumentError` when it runs the statement. The same is true of a chain: what
follows `selectinload(Customer.orders)` must be of `Order`. And each option has its kind: `joinedload` and
its like take relationships, `load_only` and `defer` take columns.

## What to do

Begin with a relationship of what is selected, and go on with one of what that leads to.

## Bad

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, selectinload


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
    items: Mapped[list["Item"]] = relationship()


class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))


def customers():
    items = joinedload(Order.items)
    return select(Customer).options(items)  # error: [sqlalchemy/unlinked-loader-option] "selects `Customer`"


def orders():
    customers = selectinload(Order.customer)
    items = customers.selectinload(Order.items)  # error: [sqlalchemy/unlinked-loader-option] "leads to"
    keys = joinedload(Order.customer_id)  # error: [sqlalchemy/unlinked-loader-option] "is a column"
    return select(Order).options(items, keys)
```

## Good

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, selectinload


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
    items: Mapped[list["Item"]] = relationship()


class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))


def customers():
    return select(Customer).options(selectinload(Customer.orders).joinedload(Order.items))


def orders():
    return select(Order).options(selectinload(Order.items), joinedload(Order.customer))
```

## Source

https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.statements.one_way import problems
from archlint.frameworks.sqlalchemy.statements.option_paths import steps
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnlinkedLoaderOption(Rule, frozen=True):
    """Every loader option, and every statement that is given some, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow each option from where it begins."""
        met = ((step.trace, step.form, step.problem) for step in steps(project))
        for found in problems(project, met):
            if isinstance(found, bool):
                yield Outcome.KEPT if found else Outcome.UNKNOWN
            else:
                place, problem = found
                yield self.finding(place, *problem)
