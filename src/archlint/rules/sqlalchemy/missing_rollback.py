"""Sessions that are used again after a failure, without a rollback.

## Why is this bad?

When a flush or a commit fails, the transaction of the session is over. Whoever swallows the exception and
asks the same session for more gets `PendingRollbackError` ("This Session's transaction has been rolled back
due to a previous exception during flush"), until somebody calls `rollback()`. What was meant as "it is there
already, go on" fails at the next query.

## What to do

Call `session.rollback()` in the handler. To lose only the failed part, try it in a savepoint:
`with session.begin_nested():`.

## Bad

```python
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


class Base(DeclarativeBase):
    pass


class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


def ensure(name: str) -> int:
    with Session() as session:
        tag = Tag(name=name)
        session.add(tag)
        try:
            session.commit()
        except IntegrityError:  # error: [sqlalchemy/missing-rollback] "used again without a rollback"
            tag = session.scalars(select(Tag).where(Tag.name == name)).one()
        return tag.id
```

## Good

```python
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


class Base(DeclarativeBase):
    pass


class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


def ensure(name: str) -> int:
    with Session() as session:
        tag = Tag(name=name)
        session.add(tag)
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
            tag = session.scalars(select(Tag).where(Tag.name == name)).one()
        return tag.id
```

## Source

SQLAlchemy's documentation, error [7s2a](https://sqlalche.me/e/20/7s2a).
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.sessions.swallowed import Swallowed, swallowed_failures
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MissingRollback(Rule, frozen=True):
    """Every handler of what a failed commit or flush raises is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what is asked of the session behind each handler."""
        told = set()
        for found in swallowed_failures(project):
            if found is None:
                yield Outcome.KEPT
                continue
            key = (found.trace.module.path, found.handler.line)
            if key not in told:
                told.add(key)
                yield self._found(project, found)

    def _found(self, project: Project, found: Swallowed) -> Finding:
        module, failing = found.trace.module, found.failing
        return self.finding(
            project.location(module, found.handler.line, 0),
            f"the session whose `{found.what}` failed is used again without a rollback",
            "call `rollback()` first, or try it inside `with session.begin_nested():`",
            related=(
                Related(spot(project, module, failing.form), f"`{found.what}` may fail here"),
                Related(spot(project, found.user.module, found.use.form), "the session is used again here"),
            ),
        )
