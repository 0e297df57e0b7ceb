"""Methods that no session, statement or query has.

## Why is this bad?

`session.comit()` and `select(Order).wehre(…)` raise `AttributeError` when they run. Code that is tested
with a mock, and a handler that few requests reach, may keep them for a long time.

## What to do

Call what the class has.

## Bad

```python
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)


def place(session: Session) -> None:
    session.add(Order())
    session.comit()  # error: [sqlalchemy/unknown-method] "a session has no `comit`"


def newest(session: Session) -> Order | None:
    newest_first = select(Order).orderby(Order.id.desc())  # error: [sqlalchemy/unknown-method] "`orderby`"
    return session.scalars(newest_first).first()
```

## Good

```python
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)


def place(session: Session) -> None:
    session.add(Order())
    session.commit()


def newest(session: Session) -> Order | None:
    newest_first = select(Order).order_by(Order.id.desc())
    return session.scalars(newest_first).first()
```

## When not to use it

Names that any class of the project has are left alone: it may be a session or a query of one's own. Of legacy
queries, to which packages add, only names are told that are nearly those of SQLAlchemy.

## Source

Verified with SQLAlchemy 1.4, 2.0 and 2.1; SQLAlchemy's documentation, "Session API" and "SELECT and Related
Constructs".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.asked.unknown_methods import called_methods
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnknownMethod(Rule, frozen=True):
    """Every method that is called of a session, a statement or a query is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare with what any of these has."""
        told = set()
        for called in called_methods(project):
            if called.is_known:
                yield Outcome.KEPT
                continue
            place = spot(project, called.trace.module, called.form)
            if place not in told:
                told.add(place)
                hint = did_you_mean(called.name, called.offered, "call what it has")
                yield self.finding(place, f"{called.what} has no `{called.name}`", hint)
