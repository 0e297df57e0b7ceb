"""Results whose rows are fetched after their session is closed.

## Why is this bad?

`session.execute()` and `session.scalars()` return a result, and no list. The rows become objects when
somebody fetches them, and an object needs the session it belongs to. A result that leaves the `with` of its
session, or a generator or `map` over it, fails at its first row: SQLAlchemy raises `InvalidRequestError`,
"this identity map is no longer valid".

## What to do

Fetch the rows inside the `with`: `.all()`, or a list. Or let the caller open the session.

## Bad

`shop/models.py`:

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
```

`shop/orders.py`:

```python
from shop.models import Order, Session
from sqlalchemy import select


def orders():
    with Session() as session:
        return session.scalars(select(Order))  # error: [sqlalchemy/result-of-closed-session] "whoever gets"
```

`shop/views.py`:

```python
from shop.orders import orders


def numbers() -> list[str]:
    return [each.number for each in orders()]  # error: [sqlalchemy/result-of-closed-session] "fetched here"
```

## Good

`shop/models.py`:

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
```

`shop/orders.py`:

```python
from shop.models import Order, Session
from sqlalchemy import select


def orders() -> list[Order]:
    with Session() as session:
        return list(session.scalars(select(Order)))
```

`shop/views.py`:

```python
from shop.orders import orders


def numbers() -> list[str]:
    return [order.number for order in orders()]
```

## Source

Verified with SQLAlchemy 2.0 and 2.1. SQLAlchemy's documentation, "Session API", `Session.close()`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.loads.outlived import readings
from archlint.frameworks.sqlalchemy.places import related
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_RETURNED = "whoever gets this fetches its rows when its session is closed"
_FETCHED = "these rows are fetched here, but their session is closed"


class ResultOfClosedSession(Rule, frozen=True):
    """Every place where rows with objects are fetched, or handed on to be fetched."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether the session is still open there."""
        told = set()
        for reading in readings(project):
            key = reading.trace.module, reading.line
            if reading.closed is None:
                yield Outcome.KEPT
            elif key not in told:
                told.add(key)
                yield self.finding(
                    project.location(reading.trace.module, reading.line, 0),
                    _RETURNED if reading.is_returned else _FETCHED,
                    "fetch them before the session closes: `.all()`, `list(…)`",
                    related=(
                        *related(project, reading.result.of.source, "the statement"),
                        *related(project, reading.closed, "the session is closed here"),
                    ),
                )
