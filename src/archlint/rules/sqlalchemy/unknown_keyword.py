"""Keywords that name no attribute of the mapped class.

## Why is this bad?

`Order(nubmer=…)` raises `TypeError`, `filter_by(nubmer=…)` raises `InvalidRequestError`, and a statement
with `values(nubmer=…)` raises `CompileError` when it runs. SQLModel's constructor drops such a value
silently.

`filter_by` speaks of the class that was joined last; since SQLAlchemy 2.1 that of `select()` looks at all
joined classes, so that only what none of them has is reported.

## What to do

Use the name of a mapped attribute. A name that is no column, such as a token for the answer, goes
elsewhere.

## Bad

```python
from sqlalchemy import ForeignKey
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


def place(session: Session, number: str) -> None:
    session.add(Order(nubmer=number))  # error: [sqlalchemy/unknown-keyword] "`nubmer`"


def find(session: Session, code: str):
    return session.query(Order).filter_by(code=code).first()  # error: [sqlalchemy/unknown-keyword] "`code`"
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
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


def place(session: Session, number: str) -> None:
    session.add(Order(number=number))


def find(session: Session, number: str):
    return session.query(Order).filter_by(number=number).first()
```

## Source

Verified with SQLAlchemy 2.0 and 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Severity
from archlint.frameworks.sqlalchemy.asked.keywords import Given, GivenKeywords
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.tables.words import Table
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.remedies import first_of, omitted, respelled, spoken_of
from archlint.rule import Outcome, Rule, Verdict


class UnknownKeyword(Rule, frozen=True):
    """Every keyword for a constructor, `filter_by` or `values`, and every key of a dict, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look every keyword up."""
        told = set()
        for given in project.view(GivenKeywords):
            if given.is_known is None:
                yield Outcome.UNKNOWN
            elif given.is_known:
                yield Outcome.KEPT
            elif given.key not in told:
                told.add(given.key)
                yield self._found(project, given)

    def _found(self, project: Project, given: Given) -> Finding:
        of, name, names = given.of, given.name, given.names
        line, column = given.place
        place = project.location(given.trace.module, line, column, line, column + len(name.encode()))
        if given.is_made_by_itself:
            return self.finding(
                place,
                f"the constructor of `{of.name}` takes no `{name}`",
                "leave it out, or declare it without `init=False`",
                related=related(project, given.defined, f"`{of.name}` is defined here"),
            )
        if given.taken is not None:
            return self.finding(
                place,
                f"the constructor of `{of.name}` takes no `{name}`",
                did_you_mean(name, given.taken, "leave it out, or let the constructor take it"),
                related=related(project, given.defined, f"`{of.name}` is defined here"),
            )
        return self.finding(
            place,
            f"`{of.name}` has no {'column' if isinstance(of, Table) else 'attribute'} `{name}`",
            did_you_mean(name, names, f"declare it on `{of.name}`, or leave it out"),
            related=related(project, given.defined, f"`{of.name}` is defined here"),
            remedy=first_of(
                respelled(place, name, names),
                spoken_of(place, name, names),
                omitted(place, name) if given.is_new else None,
            ),
        )
