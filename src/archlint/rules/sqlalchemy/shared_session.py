"""One session for all requests.

## Why is this bad?

A session belongs to one request at a time. One that is made when a module is imported is shared by all
threads and tasks: a failed flush in one request makes every later one raise `PendingRollbackError`, one
request commits what another has half done, and old objects are never loaded again.

## What to do

Share the factory (`sessionmaker`), and open a session for each request; or use `scoped_session` and remove
it at the end of each request.

## Bad

`shop/db.py`:

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

session = sessionmaker(create_engine("sqlite://"))()  # warning: [sqlalchemy/shared-session] "by all requests"
```

`shop/web.py`:

```python
from flask import Flask
from sqlalchemy import text

from shop.db import session

app = Flask(__name__)


@app.get("/")
def index() -> str:
    return str(session.scalar(text("SELECT 1")))
```

## Good

`shop/db.py`:

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

Session = sessionmaker(create_engine("sqlite://"))
```

`shop/web.py`:

```python
from flask import Flask
from sqlalchemy import text

from shop.db import Session

app = Flask(__name__)


@app.get("/")
def index() -> str:
    with Session() as session:
        return str(session.scalar(text("SELECT 1")))
```

## When not to use it

Scripts and tools that serve nobody: the rule looks only at projects that import a web framework.

## Source

SQLAlchemy's documentation, "Is the Session thread-safe? Is AsyncSession safe to share in concurrent
tasks?" and error [7s2a](https://sqlalche.me/e/20/7s2a).
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Severity
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.sessions.shared import DRIVER_CONNECTION, Shared, shared_sessions
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class SharedSession(Rule, frozen=True):
    """Every session that is made is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for sessions that outlive the function in which they are used."""
        told = set()
        for shared in shared_sessions(project):
            if shared is None or shared.what == DRIVER_CONNECTION:
                yield Outcome.KEPT
            elif shared.place not in told:
                told.add(shared.place)
                yield self._found(project, shared)

    def _found(self, project: Project, shared: Shared) -> Finding:
        place = shared.place
        return self.finding(
            project.location(place.module, place.line, 0),
            f"this {shared.what} is made once and used by all requests",
            "share the factory, and open a session for each request",
            related=related(project, shared.use, "it is used here"),
        )
