"""Engines that are created for every request.

## Why is this bad?

An engine is a pool of connections. One that is made inside a handler, or in what a handler calls, starts
with an empty pool each time: every request opens its own connections, none is used again, and those of the
old pools stay open until they are garbage-collected. The database soon refuses further ones.

## What to do

Make the engine and the session factory once: at the level of a module, when the application starts, or in a
function with `@cache`.

## Bad

`shop/db.py`:

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import Session


def open_session() -> Session:
    engine = create_engine("sqlite:///shop.db")  # warning: [sqlalchemy/engine-per-request] "every request"
    return Session(engine)
```

`shop/main.py`:

```python
from flask import Flask
from sqlalchemy import text

from shop.db import open_session

app = Flask(__name__)


@app.get("/")
def index() -> str:
    with open_session() as session:
        return str(session.scalar(text("SELECT 1")))
```

## Good

`shop/db.py`:

```python
from functools import cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session


@cache
def engine() -> Engine:
    return create_engine("sqlite:///shop.db")


def open_session() -> Session:
    return Session(engine())
```

`shop/main.py`:

```python
from flask import Flask
from sqlalchemy import text

from shop.db import open_session

app = Flask(__name__)


@app.get("/")
def index() -> str:
    with open_session() as session:
        return str(session.scalar(text("SELECT 1")))
```

## When not to use it

Tools that look at a database the user names, and dispose of the engine at the end, are left alone.

## Source

SQLAlchemy's documentation, "Working with Engines and Connections: Basic Usage": the engine is held
"globally for the lifetime of a single application process".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.sessions.per_request import Made, engines_made
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class EnginePerRequest(Rule, frozen=True):
    """Every engine that a function makes is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a handler that leads to each of them."""
        told = set()
        for made in engines_made(project):
            key = (made.trace.module.path, made.called.form.line)
            if made.handler is None:
                yield Outcome.KEPT
            elif key not in told:
                told.add(key)
                yield self._found(project, made)

    def _found(self, project: Project, made: Made) -> Finding:
        related: tuple[Related, ...] = ()
        if made.handler is not None and made.handler != made.trace.function:
            fact = made.handler.fact
            place = project.location(made.handler.module, fact.line, fact.column)
            related = (Related(place, f"`{fact.name}` leads here"),)
        return self.finding(
            spot(project, made.trace.module, made.called.form),
            "this engine, and its pool of connections, is created for every request",
            "create it once: in the module, at startup, or in a function with `@cache`",
            related=related,
        )
