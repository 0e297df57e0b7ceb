"""Attributes that are loaded after the session is closed.

## Why is this bad?

A relationship that was not loaded with its row is loaded when somebody reads it, and so is every attribute
that a commit or a rollback has expired. That takes the session. Once it is closed, SQLAlchemy raises
`DetachedInstanceError`, far away from the query that should have loaded more.

## What to do

Load what is needed with the row (`selectinload`, `joinedload`), read it before the session closes, or let
the caller open the session. For columns that are read after a commit, make the session with
`expire_on_commit=False`.

## Bad

`shop/models.py`:

```python
from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


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
```

`shop/repository.py`:

```python
from shop.models import Order, Session


def find(number: int) -> Order:
    with Session() as session:
        return session.get_one(Order, number)
```

`shop/views.py`:

```python
from shop.repository import find


def show(number: int) -> str:
    order = find(number)
    return order.customer.name  # error: [sqlalchemy/detached-lazy-load] "`Order.customer` is loaded here"
```

## Good

`shop/models.py`:

```python
from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


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
```

`shop/repository.py`:

```python
from sqlalchemy.orm import joinedload

from shop.models import Order, Session


def find(number: int) -> Order:
    with Session() as session:
        return session.get_one(Order, number, options=[joinedload(Order.customer)])
```

`shop/views.py`:

```python
from shop.repository import find


def show(number: int) -> str:
    order = find(number)
    return order.customer.name
```

## Source

SQLAlchemy's documentation, error [bhk3](https://sqlalche.me/e/20/bhk3).
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Course, Finding, Severity
from archlint.frameworks.sqlalchemy.loads.lazy_reads import Failing, failing_reads
from archlint.frameworks.sqlalchemy.loads.loading import Lack
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.sessions.lives import since
from archlint.frameworks.sqlalchemy.values.instance_state import owner_of
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class DetachedLazyLoad(Rule, frozen=True):
    """Every read of an attribute of an object whose row was seen is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what each read meets."""
        for failing in failing_reads(project, Lack.DETACHED):
            yield Outcome.KEPT if failing is None else self._found(project, failing)

    def _found(self, project: Project, failing: Failing) -> Finding:
        read = failing.read
        name = f"{read.instance.entity.name}.{read.name}"
        owner = owner_of(read.state.get, read.instance)
        now = since(read.state.get, owner.origin) if owner is not None else None
        closed = now.close.place if now is not None and now.close is not None else None
        hint = f"load `{read.name}` with the row, or read it before the session closes"
        if not read.is_relation and read.is_rolled_back:
            hint = "read it before the session is rolled back"
        elif not read.is_relation and not read.is_left_out:
            hint = "make the session with `expire_on_commit=False`, or read it before the session closes"
        return self.finding(
            read.location(project),
            f"`{name}` is loaded here, but the session is closed",
            hint,
            course=Course.TO_HERE,
            remedy=read.remedy(project),
            related=(
                *failing.related(project),
                *related(project, closed, "its session is closed here"),
            ),
        )
