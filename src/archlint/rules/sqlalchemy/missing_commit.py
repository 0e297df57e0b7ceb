"""Changes that are not committed before their session ends.

## Why is this bad?

What a session was told to add, change or delete is only kept by a commit. A session that closes without one
rolls back: the handler answers with success, and the next request does not find what was saved. `flush()`
sends the change to the database, but does not keep it.

## What to do

Commit where the work is complete: in the service, in the dependency behind its `yield`, or with
`Session.begin()`, which commits at the end of its block.

## Bad

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)


def place() -> None:
    with Session() as session:
        session.add(Order())  # warning: [sqlalchemy/missing-commit] "is never committed"
        session.flush()
```

## Good

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)


def place() -> None:
    with Session() as session:
        session.add(Order())
        session.commit()


def place_many(count: int) -> None:
    with Session.begin() as session:
        session.add_all(Order() for _ in range(count))
```

## When not to use it

Tests that look at what was flushed and let it be rolled back. Leave out their folders.

## Source

SQLAlchemy's documentation, "Session Basics: Committing".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Act, Finding, Related, Severity
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.sessions.askers import asked_at
from archlint.frameworks.sqlalchemy.sessions.lost import Lost, lost_writings
from archlint.frameworks.sqlalchemy.sessions.remainders import Remainder, lost_remainders
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict


class MissingCommit(Rule, frozen=True):
    """Every change that a session is told of is a place, if the end of the session can be seen."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what waits when a session ends."""
        told = set()
        for lost in lost_writings(project):
            if lost is None:
                yield Outcome.KEPT
                continue
            place = asked_at(lost)
            if place not in told and not is_test(place.module.path):
                told.add(place)
                yield self._found(project, lost, place, "this change is never committed")
        for left in lost_remainders(project):
            place = left.writing.place
            if place not in told and not is_test(place.module.path):
                told.add(place)
                yield self._found(project, left, place, "what is left of the last batch is never committed")

    def _found(self, project: Project, lost: Lost | Remainder, place: Place, what: str) -> Finding:
        related: tuple[Related, ...] = ()
        if lost.way_out.line:
            here = project.location(lost.trace.module, lost.way_out.line, 0)
            related = (Related(here, "the work ends here"),)
        at = project.location(place.module, place.line, 0)
        # A model that is asked to change itself is not what could commit; nor has each turn of a loop to.
        is_of_session = isinstance(lost, Lost) and place == lost.writing.place
        return self.finding(
            at,
            f"{what}: it is gone when the session closes",
            "commit before the session closes",
            related=related,
            remedy=stepped(Act.COMMIT, at, safe=False) if is_of_session else None,
        )
