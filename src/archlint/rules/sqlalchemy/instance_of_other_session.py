"""Objects of one session that another session is told to add, delete or refresh.

## Why is this bad?

An object belongs to the session that loaded it. Another one refuses to refresh, expire or expunge it, and to
add or delete it as long as the first still has it: SQLAlchemy raises `InvalidRequestError` ("is not
persistent within this Session", "is already attached to session"). It happens where a helper, often the one
that finds the current user, opens a session of its own.

## What to do

Pass the session of the request to the helper, so that there is one; or take over the object:
`user = session.merge(user)`.

## Bad

```python
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def current_user(name: str) -> User:
    with Session() as session:
        return session.scalars(select(User).where(User.name == name)).one()


def rename(name: str, new_name: str) -> None:
    user = current_user(name)
    with Session() as session:
        session.refresh(user)  # error: [sqlalchemy/instance-of-other-session] "of another session"
        user.name = new_name
        session.commit()
```

## Good

```python
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session as DbSession, mapped_column, sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def current_user(session: DbSession, name: str) -> User:
    return session.scalars(select(User).where(User.name == name)).one()


def rename(name: str, new_name: str) -> None:
    with Session() as session:
        user = current_user(session, name)
        user.name = new_name
        session.commit()
        session.refresh(user)
```

## Source

SQLAlchemy's documentation, "Session API: `Session.refresh`", "State Management: Merging".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.sessions.strangers import Given, given_objects
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class InstanceOfOtherSession(Rule, frozen=True):
    """Every object that a session adds, deletes, refreshes, expires or expunges, or a relationship takes."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the session with that of the object."""
        told = set()
        for given in given_objects(project):
            if given.owner is None:
                yield Outcome.KEPT
                continue
            finding = self._found(project, given)
            if finding.location not in told:
                told.add(finding.location)
                yield finding

    def _found(self, project: Project, given: Given) -> Finding:
        owner = given.owner
        places = (
            *related(project, given.instance.source, "the object comes from here"),
            *related(project, owner.origin.place if owner is not None else None, "its session is made here"),
        )
        return self.finding(
            spot(project, given.trace.module, given.form),
            f"`{given.what}` is given a `{given.instance.entity.name}` object of another session",
            "use one session for both, or `merge` the object into this one",
            related=places,
        )
