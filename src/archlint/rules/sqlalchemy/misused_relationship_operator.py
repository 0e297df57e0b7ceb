"""Operators that a relationship of this kind does not have.

## Why is this bad?

A relationship to one object has `has()`, and is compared with `==`. A relationship to many has `any()` and
`contains()`, and cannot be compared with an object. The other way round SQLAlchemy raises
`InvalidRequestError` when the condition is made.

What is compared with a relationship is an object or None. A key, a text or a column raises `ArgumentError`;
`in_()`, `is_()`, `like()`, `<` and other operators of columns raise `NotImplementedError`.

## What to do

Write `has()` for one and `any()` for many; `contains(tag)` instead of `== tag`. Compare the column of the
foreign key with keys: `Order.customer_id == 1`.

## Bad

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


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
    paid: Mapped[bool]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


of_anna = Order.customer.any(Customer.id == 1)  # error: [sqlalchemy/misused-relationship-operator] "has no"
owing = Customer.orders.has(Order.id == 1)  # error: [sqlalchemy/misused-relationship-operator] "has no"
found = select(Order).where(of_anna), select(Customer).where(owing)
by_key = Order.customer == 1  # error: [sqlalchemy/misused-relationship-operator] "no object"
by_keys = Order.customer.in_([1, 2])  # error: [sqlalchemy/misused-relationship-operator] "has no `in_()`"
```

## Good

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


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
    paid: Mapped[bool]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


of_anna = select(Order).where(Order.customer.has(Customer.name == "Anna"))
owing = select(Customer).where(Customer.orders.any(Order.paid.is_(False)))
by_key = select(Order).where(Order.customer_id == 1)
by_keys = Order.customer_id.in_([1, 2])
of_nobody = select(Order).where(Order.customer == None)
```

## Source

SQLAlchemy's documentation, "ORM Query Guide: Relationship WHERE Operators".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Location, Severity
from archlint.frameworks.sqlalchemy.asked.relationship_operators import Asked, asked_operators
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.statements.one_way import problems
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_INSTEAD = {"any": "has()", "has": "any()", "contains": "==", "==": "contains()", "!=": "~…contains()"}


class MisusedRelationshipOperator(Rule, frozen=True):
    """Every `any`, `has`, `contains` and comparison of a relationship is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare each operator with where its relationship leads."""
        asked_for = asked_operators(project)
        met = ((asked.trace, asked.form, None if asked.fits else asked) for asked in asked_for)
        for found in problems(project, met):
            if isinstance(found, bool):
                yield Outcome.KEPT if found else Outcome.UNKNOWN
            else:
                yield self._found(project, *found)

    def _found(self, project: Project, place: Location, asked: Asked) -> Finding:
        attr, relation = asked.attr, asked.attr.relation
        message, hint = _wording(asked)
        return self.finding(
            place,
            f"`{attr.origin.name}.{attr.name}` {message}",
            hint,
            related=related(project, relation.place if relation is not None else None, "it is declared here"),
        )


def _wording(asked: Asked) -> tuple[str, str]:
    """What is wrong, and what to do."""
    operator = asked.operator
    shown = operator if not operator.isidentifier() else f"{operator}()"
    if asked.is_for_columns:
        instead = "`any()` or `contains()`" if asked.is_of_many else "the column of its foreign key"
        return f"is a relationship and has no `{shown}`", f"use {instead}"
    if asked.is_with_value and not (asked.is_of_many and operator != "contains"):
        what = "is compared with a value that is no object"
        name = "any" if asked.is_of_many else "has"
        return what, f"compare the column of a foreign key, or ask with `{name}()`"
    leads = "many objects" if asked.is_of_many else "one object"
    return f"leads to {leads} and has no `{shown}`", f"use `{_INSTEAD[operator]}`"
