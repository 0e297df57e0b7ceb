"""A `backref` whose name the other side has already.

## Why is this bad?

`backref="orders"` makes an attribute of the class that the relationship leads to. Where that declares one of
this name, or another `backref` makes it, SQLAlchemy raises `ArgumentError` when it configures the mappers:
with the first query, whatever that is about.

## What to do

Where both sides are declared, name each other with `back_populates`. Give two relationships to one class two
names.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list["Order"]] = relationship()


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(  # error: [sqlalchemy/taken-backref] "`orders`"
        backref="orders",
    )
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    payer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(backref="orders", foreign_keys=[customer_id])
    payer: Mapped[Customer] = relationship(backref="paid", foreign_keys=[payer_id])
```

## Source

https://docs.sqlalchemy.org/en/20/orm/backref.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.backrefs import taken_backrefs
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location, related
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class TakenBackref(Rule, frozen=True):
    """Every `backref` is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for its name on the other side."""
        for taken in taken_backrefs(project.view(Mappings)):
            if taken is None:
                yield Outcome.KEPT
                continue
            name, target = taken.relationship.backref, taken.target.cls.fact.name
            yield self.finding(
                location(project, taken.relationship.place),
                f"`{target}` has an attribute `{name}` already",
                "name the relationship of the other side with `back_populates`, or choose another name",
                related=related(project, taken.other, "it is taken here"),
            )
