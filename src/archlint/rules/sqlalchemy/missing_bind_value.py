"""Values that a text statement needs and is not given.

## Why is this bad?

`text("… WHERE id = :id")` waits for a value of `id`. Where the call gives none, or one of another name,
SQLAlchemy raises `StatementError` when the statement runs.

## What to do

Pass a dict with all the names, or bind them with `bindparams`.

## Bad

```python
from sqlalchemy import text
from sqlalchemy.orm import Session


def name(session: Session, number: int) -> str | None:
    wanted = text("SELECT name FROM customers WHERE id = :number")
    return session.scalar(wanted, {"id": number})  # error: [sqlalchemy/missing-bind-value] "`number`"
```

## Good

```python
from sqlalchemy import text
from sqlalchemy.orm import Session


def name(session: Session, number: int) -> str | None:
    wanted = text("SELECT name FROM customers WHERE id = :number")
    return session.scalar(wanted, {"number": number})
```

## Source

SQLAlchemy's documentation, error [cd3x](https://sqlalche.me/e/20/cd3x).
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.statements.binds import text_runs
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MissingBindValue(Rule, frozen=True):
    """Every text statement that is run is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the names in the text with those that are given."""
        told = set()
        for run in text_runs(project):
            if run.missing is None:
                yield Outcome.UNKNOWN
                continue
            if not run.missing:
                yield Outcome.KEPT
                continue
            form = run.called.form
            key = (run.trace.module, form.line, form.column)
            if key not in told:
                told.add(key)
                names = ", ".join(f"`{name}`" for name in run.missing)
                yield self.finding(
                    spot(project, run.trace.module, form),
                    f"the statement needs a value for {names}",
                    "pass a dict with a value for each `:name` in the text",
                )
