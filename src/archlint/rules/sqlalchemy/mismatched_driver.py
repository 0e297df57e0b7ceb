"""Drivers that are async in a plain engine, or plain in an async one.

## Why is this bad?

`create_async_engine` refuses a driver that is not async with `InvalidRequestError`, when the module is
imported. A plain engine with an async driver raises `MissingGreenlet` at its first query. A URL without a
driver names the plain one of its database.

## What to do

Name the driver in the URL: `postgresql+asyncpg://`, `sqlite+aiosqlite://`. The default of a setting counts,
too.

## Bad

```python
import os

from sqlalchemy.ext.asyncio import create_async_engine

URL = os.environ.get("DATABASE_URL", "sqlite:///shop.db")
engine = create_async_engine(URL)  # error: [sqlalchemy/mismatched-driver] "is not async"
```

## Good

```python
import os

from sqlalchemy.ext.asyncio import create_async_engine

URL = os.environ.get("DATABASE_URL", "sqlite+aiosqlite:///shop.db")
engine = create_async_engine(URL)
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; SQLAlchemy's documentation, "Dialects".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.sessions.drivers import MadeEngine, made_engines
from archlint.frameworks.sqlalchemy.startup.environments import Environments
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MismatchedDriver(Rule, frozen=True):
    """Every engine with a URL that can be seen is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare driver and engine."""
        told = set()
        for engine in made_engines(project):
            form = engine.called.form
            key = (engine.trace.module, form.line, form.column)
            if engine.fits or _may_wait(project, engine):
                yield Outcome.KEPT
            elif key not in told:
                told.add(key)
                name = f"`{engine.dialect}+{engine.driver}`" if engine.driver else f"`{engine.dialect}`"
                what = (
                    f"the driver of {name} is not async"
                    if engine.is_async
                    else f"the driver of {name} is async"
                )
                yield self.finding(
                    spot(project, engine.trace.module, form),
                    f"{what}, but the engine is{'' if engine.is_async else ' not'}",
                    engine.hint,
                )


def _may_wait(project: Project, engine: MadeEngine) -> bool:
    """Whether a plain engine is made where it may have an async driver: in what `run_sync()` runs."""
    return not engine.is_async and project.view(Environments).runs_within_greenlet(engine.trace.module)
