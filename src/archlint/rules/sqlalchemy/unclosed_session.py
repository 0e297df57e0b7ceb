"""Sessions that are not closed on every way out.

## Why is this bad?

A session holds a connection of the pool from its first query until it is closed. A function that makes one
and returns early without closing it keeps the connection; after a few such requests the pool is empty, and
every other request waits until SQLAlchemy raises `TimeoutError`. So does one that makes an object which opens
a session, and does not call the method by which others close that.

## What to do

Open the session with `with`, which closes it on every way out, or close it in a `finally`.

## Bad

```python
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


def is_there(name: str) -> bool:
    session = Session()  # warning: [sqlalchemy/unclosed-session] "is not closed on every way out"
    found = session.execute(text("SELECT 1 FROM names WHERE name = :name"), {"name": name}).first()
    if found is None:
        return False
    session.close()
    return True
```

## Good

```python
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

Session = sessionmaker(create_engine("sqlite://"))


def is_there(name: str) -> bool:
    with Session() as session:
        found = session.execute(text("SELECT 1 FROM names WHERE name = :name"), {"name": name}).first()
        return found is not None
```

## Source

SQLAlchemy's documentation, error [3o7r](https://sqlalche.me/e/20/3o7r).
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Act, Finding, Related, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.sessions.dropped import dropped_objects
from archlint.frameworks.sqlalchemy.sessions.endings import LEAVING, Unclosed, unclosed_sessions
from archlint.frameworks.sqlalchemy.sessions.engines import Connection
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict

_ENTER = "open it with `with`"


class UnclosedSession(Rule, frozen=True):
    """Every session that a function makes is a place. One that it hands on is left to others."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at every way out of the functions that make sessions."""
        told = set()
        for found in unclosed_sessions(project):
            if found is None:
                yield Outcome.KEPT
                continue
            if is_test(found.trace.module.path):
                continue  # it ends with the test
            key = (found.trace.module, found.made.form.line, found.made.form.column)
            if key not in told:
                told.add(key)
                yield self._found(project, found)
        yield from self._objects(project)

    def _objects(self, project: Project) -> Iterator[Verdict]:
        told = set()
        for found in dropped_objects(project):
            if found is None:
                yield Outcome.KEPT
                continue
            here = spot(project, found.trace.module, found.made.form)
            if here not in told and not is_test(found.trace.module.path):
                told.add(here)
                message = (
                    f"the session that `{found.made.name}` opens is not closed here: its connection is kept"
                )
                hint = f"close it in a `finally`, as `{found.closer}` does"
                yield self.finding(here, message, _ENTER if found.closer in LEAVING else hint)

    def _found(self, project: Project, found: Unclosed) -> Finding:
        related: tuple[Related, ...] = ()
        if found.way_out.line:
            here = project.location(found.trace.module, found.way_out.line, 0)
            related = (Related(here, "it is still open on this way out"),)
        here = spot(project, found.trace.module, found.made.form)
        message = "this session is not closed on every way out: its connection is kept"
        if isinstance(found.made.result, Connection):
            message = "this connection is not closed on every way out"
        kind = "async" if getattr(found.made.result, "is_async", False) else ""
        return self.finding(
            here,
            message,
            f"{_ENTER}, or close it in a `finally`",
            related=related,
            remedy=stepped(Act.ENTER, here, "", kind, safe=False),
        )
