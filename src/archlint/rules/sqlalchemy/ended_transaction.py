"""Sessions that are asked for more in a `with` statement whose transaction is over.

## Why is this bad?

`with session.begin():` and `with Session.begin() as session:` commit at their end. A `commit()` or
`rollback()` inside ends the transaction before, and whatever is asked of the session then, a query, `add()`,
`refresh()`, another `commit()`, raises `InvalidRequestError`: "Can't operate on closed transaction inside
context manager". The commit is often in a repository that other callers use without such a statement.

## What to do

Let one commit: leave it to the `with` statement, and call `session.flush()` inside where a key is needed. Or
leave out `begin()`.

## Bad

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

engine = create_engine("sqlite://")
make_session = sessionmaker(engine)


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]


def save(session: Session, account: Account) -> None:
    session.add(account)
    session.commit()
    session.refresh(account)  # error: [sqlalchemy/ended-transaction] "a transaction that is over"


def open_account(owner: str) -> None:
    with make_session.begin() as session:
        save(session, Account(owner=owner))


Base.metadata.create_all(engine)
```

## Good

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

engine = create_engine("sqlite://")
make_session = sessionmaker(engine)


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]


def save(session: Session, account: Account) -> None:
    session.add(account)
    session.flush()
    session.refresh(account)


def open_account(owner: str) -> None:
    with make_session.begin() as session:
        save(session, Account(owner=owner))


Base.metadata.create_all(engine)
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; SQLAlchemy's documentation, "Transactions and Connection Management:
Framing out a begin / commit / rollback block".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.sessions.misplaced import asked_in_blocks
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class EndedTransaction(Rule, frozen=True):
    """Whatever is asked of a session whose transaction a `with` statement holds is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether the transaction lasts."""
        told = set()
        for asked in asked_in_blocks(project):
            if asked.is_misplaced is not True:
                yield Outcome.KEPT if asked.is_misplaced is False else Outcome.UNKNOWN
            elif asked.ended not in told:
                told.add(asked.ended)  # once is enough: all that follows fails with it
                yield self.finding(
                    spot(project, asked.trace.module, asked.called.form),
                    "the session is asked for more, but `with` still holds a transaction that is over",
                    "leave the commit to the `with` statement, and call `flush()` inside",
                    related=related(project, asked.ended, "the transaction is ended here"),
                )
