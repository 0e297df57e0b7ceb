"""What a listener may not do with the session whose event it hears.

## Why is this bad?

Listeners run in the middle of something. While a session flushes, it cannot flush, commit or roll back:
`InvalidRequestError`, "Session is already flushing", or `ResourceClosedError`. After a commit, it is in no
transaction any more and takes no SQL: "This session is in 'committed' state". What is added to it then waits
for a commit that may never come.

## What to do

In `before_flush`, add objects and leave the flush to the session. In events of objects (`after_insert`, …),
write with the connection that the listener is given. After a commit, open a session of its own.

## Bad

```python
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)


@event.listens_for(Session, "before_flush")
def note(session: Session, context, instances) -> None:
    session.add(Note())
    session.commit()  # error: [sqlalchemy/session-misused-in-listener] "`before_flush`"
```

## Good

```python
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)


@event.listens_for(Session, "before_flush")
def note(session: Session, context, instances) -> None:
    session.add(Note())
```

## Source

Verified with SQLAlchemy 2.0 and 2.1. SQLAlchemy's documentation, "Tracking queries, object and Session
Changes with Events".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.sessions.heard import HEARD
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.project import Project
from archlint.project.flow.trace import Called
from archlint.project.flow.values import something
from archlint.rule import Outcome, Rule, Verdict

_ENDING: Final = frozenset({"commit", "flush", "rollback"})
_SQL: Final = frozenset({"commit", "execute", "flush", "get", "get_one", "refresh", "scalar", "scalars"})
_REFUSED: Final = {"after_commit": _SQL, "before_commit": frozenset({"commit"})}
_HINTS: Final = {
    "after_commit": "open a session of its own",
    "before_commit": "leave the commit to the session",
}
_ADDING: Final = frozenset({"add", "add_all", "delete"})


class SessionMisusedInListener(Rule, frozen=True):
    """Every call of a method of a session whose event is heard is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look what the event leaves of the session."""
        told = set()
        for trace, called in project.view(DataFlow).events(Called):
            for session in something(called.receiver) if called.receiver is not None else ():
                if not isinstance(session, Session) or not session.origin.kind.startswith(HEARD):
                    continue
                event = session.origin.kind.removeprefix(HEARD)
                key = trace.module, called.form.line, called.form.column
                is_refused = called.name in _REFUSED.get(event, _ENDING)
                is_late = event == "after_commit" and called.name in _ADDING
                if not is_refused and not is_late:
                    yield Outcome.KEPT
                elif key not in told:
                    told.add(key)
                    what = f"a session cannot `{called.name}` while `{event}` is heard"
                    late = f"what `{event}` adds waits for another commit"
                    hint = _HINTS.get(event, "leave that to the session, or use the connection")
                    place = spot(project, trace.module, called.form)
                    finding = self.finding(place, late if is_late else what, hint)
                    yield replace(finding, severity=Severity.WARNING) if is_late else finding
