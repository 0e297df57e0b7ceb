"""Relationships that are loaded one by one, in a loop over rows.

## Why is this bad?

One query returns the rows, and then each row sends another for what is behind the relationship: a list of a
hundred orders takes a hundred and one queries. With the few rows of a test, nobody notices.

## What to do

Load the relationship with the rows: `selectinload` for collections, `joinedload` for single objects, or
`lazy="selectin"` in the mapping where it is always needed.

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


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()


def names(session: Session) -> list[str]:
    orders = session.scalars(select(Order)).all()
    return [order.customer.name for order in orders]  # warning: [sqlalchemy/lazy-load-in-loop] "per row"
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


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()


def names(session: Session) -> list[str]:
    orders = session.scalars(select(Order).options(joinedload(Order.customer))).all()
    return [order.customer.name for order in orders]
```

## Source

SQLAlchemy's documentation, "Relationship Loading Techniques": the N plus one problem.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Course, Finding, Severity
from archlint.frameworks.sqlalchemy.candidates import is_migration
from archlint.frameworks.sqlalchemy.loads.lazy_reads import LazyRead, LazyReads
from archlint.frameworks.sqlalchemy.loads.loading import Lack
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class LazyLoadInLoop(Rule, frozen=True):
    """Every read of a relationship of one row of many is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what each read meets."""
        told: set[object] = set()
        for read in project.view(LazyReads):
            if not read.is_relation or read.instance.how != "many":
                continue
            if is_migration(read.trace.module) or is_test(read.trace.module.path):
                continue  # it runs once, or for a few rows
            if read.lack is not Lack.QUERY or read.name == read.instance.free:
                yield Outcome.KEPT
                continue
            is_told = read.key in told or read.statement in told
            told.update((read.key, read.statement) if read.asked_by is not None else (read.key,))
            if not is_told:
                yield self._found(project, read)

    def _found(self, project: Project, read: LazyRead) -> Finding:
        entity = read.instance.entity
        relation = entity.model.relations[read.name]
        option = "selectinload" if relation.cardinality.is_collection else "joinedload"
        return self.finding(
            read.location(project),
            f"`{entity.name}.{read.name}` is loaded with a query per row",
            f"load it with the rows: `{option}({entity.name}.{read.name})`",
            course=Course.TO_HERE,
            remedy=read.remedy(project),
            related=read.related(project),
        )
