"""Transactions that are begun while the session has one already.

## Why is this bad?

A session begins its transaction by itself, with the first thing that it is asked: a query, `add()`,
`get()`. `session.begin()` after that raises `InvalidRequestError`: "A transaction is already begun on this
Session". It often takes another file to see it: a dependency that looks up the current user has asked the
session of the request before the handler begins.

## What to do

Leave out `begin()`, and call `session.commit()` in the end; or begin where the session is made, before
anybody asks it for something. For a part that may fail on its own, take a savepoint:
`with session.begin_nested():`.

## Bad

```python
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

engine = create_engine("sqlite://")
make_session = sessionmaker(engine)


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int]


def add(session: Session, key: int, amount: int) -> None:
    with session.begin():  # error: [sqlalchemy/repeated-begin] "the session has begun a transaction already"
        session.get_one(Account, key).balance += amount


def double(key: int) -> None:
    with make_session() as session:
        balance = session.scalars(select(Account.balance).where(Account.id == key)).one()
        add(session, key, balance)


Base.metadata.create_all(engine)
```

## Good

```python
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

engine = create_engine("sqlite://")
make_session = sessionmaker(engine)


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int]


def add(session: Session, key: int, amount: int) -> None:
    session.get_one(Account, key).balance += amount


def double(key: int) -> None:
    with make_session() as session, session.begin():
        balance = session.scalars(select(Account.balance).where(Account.id == key)).one()
        add(session, key, balance)


Base.metadata.create_all(engine)
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; SQLAlchemy's documentation, "Transactions and Connection Management".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.sessions.misplaced import begins
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RepeatedBegin(Rule, frozen=True):
    """Every `begin()` of a session is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what the session has come to by then."""
        told = set()
        for asked in begins(project):
            if asked.is_misplaced is not True:
                yield Outcome.KEPT if asked.is_misplaced is False else Outcome.UNKNOWN
            elif asked.key not in told:
                told.add(asked.key)
                yield self.finding(
                    spot(project, asked.trace.module, asked.called.form),
                    "the session has begun a transaction already, with what it was asked before",
                    "leave out `begin()` and commit in the end, or begin before the session is asked",
                )
