"""Python's `and`, `or`, `not`, `in` and `is` in conditions for the database.

## Why is this bad?

Python evaluates these itself, before the database sees them. Of `where(Order.number == x and Order.open)`
only one half is left; `not Order.open` is always `False`, `Order.note is None` and
`Order.number in numbers` as well. No error is raised for these, and the wrong rows come back.

## What to do

Use `and_`, `or_`, `not_` or `&`, `|`, `~`, and `in_`, `is_`. Several arguments of `where` are joined by
AND.

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
    number: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


def find(number: str):
    return select(Order).where(
        Order.number == number and Order.customer_id == 1,  # error: [sqlalchemy/python-operator] "`and`"
    )
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
    number: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


def find(number: str):
    return select(Order).where(Order.number == number, Order.customer_id == 1)
```

## Source

Verified with SQLAlchemy 2.0 and 2.1: the truth of `==` between columns is that of a comparison of
objects; for other operators it raises `TypeError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archlint.finding import Act, Finding, Severity
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.statements.conditions import CHAIN, COLUMN, TRUTH, Conditions, Misused
from archlint.project import Project
from archlint.project.files.requirements import Requirements
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict

_INSTEAD = {
    "and": "pass several conditions, or use `and_(…)` or `&`",
    "or": "use `or_(…)` or `|`",
    "not": "use `not_(…)` or `~`",
    "in": "use `.in_(…)`",
    "not in": "use `.not_in(…)`",
    "is": "use `.is_(…)` or `==`",
    "is not": "use `.is_not(…)` or `!=`",
}

_OLD = re.compile(r"[=<]\s*1\.[0-3]\b")
_OLD_NAMES = {"is not": "isnot", "not in": "notin_"}

_IN_HYBRID = "write `case(…)`, or give the hybrid an `expression` for queries"


class PythonOperator(Rule, frozen=True):
    """Every condition of a statement is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for Python's operators between expressions of SQL."""
        told = set()
        for found in project.view(Conditions):
            if found is None:
                yield Outcome.KEPT
            elif found.place not in told:
                told.add(found.place)
                yield self._found(project, found)

    def _found(self, project: Project, misused: Misused) -> Finding:
        place = location(project, misused.place)
        if misused.operator == CHAIN:
            message = "Python asks the first comparison of this chain for its truth, which it does not have"
            return self.finding(place, message, "pass two conditions, or use `.between(…)`")
        if misused.operator == TRUTH:
            message = "Python asks an expression of SQL for its truth, which it does not have"
            return self.finding(place, message, _IN_HYBRID)
        if misused.operator == COLUMN:
            message = "in a query this is a column, of which Python asks the truth: it holds for every row"
            return self.finding(place, message, _IN_HYBRID)
        return self.finding(
            place,
            f"Python evaluates this `{misused.operator}` itself: it never reaches the database",
            _INSTEAD.get(misused.operator, "use the operator of SQLAlchemy"),
            remedy=stepped(Act.CONDITION, place, _method(project, misused.operator), misused.operator),
        )


def _method(project: Project, operator: str) -> str:
    """The method for an operator where SQLAlchemy calls it otherwise than now: before 1.4."""
    versions = project.view(Requirements).versions("sqlalchemy")
    is_old = any(_OLD.search(version) for version in versions)
    return _OLD_NAMES.get(operator, "") if is_old else ""
