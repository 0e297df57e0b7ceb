"""Sessions that are returned from their own `with`.

## Why is this bad?

The `with` closes the session before the caller gets it. The caller's first query opens it again, with a new
connection that nobody gives back; with a dependency that returns instead of yielding, that happens in every
request.

## What to do

Yield the session inside the `with`, or let the caller open it.

## Bad

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

Factory = sessionmaker(create_engine("sqlite://"))


def get_session() -> Session:
    with Factory() as session:
        return session  # warning: [sqlalchemy/returned-closed-session] "is closed before the caller gets it"
```

## Good

```python
from collections.abc import Iterator

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

Factory = sessionmaker(create_engine("sqlite://"))


def get_session() -> Iterator[Session]:
    with Factory() as session:
        yield session


def make() -> Session:
    return Factory()
```

## Source

FastAPI's documentation, "Dependencies with yield"; SQLAlchemy's documentation, "Closing".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.sessions.endings import returned_sessions
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class ReturnedClosedSession(Rule, frozen=True):
    """Every session that a function returns is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether it is still open."""
        told = set()
        for trace, way, is_closed in returned_sessions(project):
            if not is_closed:
                yield Outcome.KEPT
            elif (trace.module, way.line) not in told:
                told.add((trace.module, way.line))
                yield self.finding(
                    project.location(trace.module, way.line, 0),
                    "this session is closed before the caller gets it",
                    "yield it inside the `with`, or let the caller open it",
                )
