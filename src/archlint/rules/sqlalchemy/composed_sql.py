"""SQL that is built from data.

## Why is this bad?

Whoever controls the data controls what the database does: `'; DROP TABLE …`, or `' OR '1'='1`, which selects
all rows. Quotes in a harmless name make the statement invalid, and the database has to plan every statement
anew.

Only values are looked at, not the names of tables and columns, which cannot be parameters. What is a number
by its type, or is compared with a list of what is allowed, cannot hold SQL.

## What to do

Write a name behind a colon, and give the value when the statement runs, or with `bindparams`.

## Bad

```python
from sqlalchemy import text
from sqlalchemy.orm import Session


def orders_of(session: Session, customer: str):
    statement = text(  # warning: [sqlalchemy/composed-sql] "SQL is built from `customer`: whoever controls"
        f"SELECT * FROM orders WHERE customer = '{customer}'"
    )
    return session.execute(statement).all()
```

## Good

```python
from sqlalchemy import text
from sqlalchemy.orm import Session

TABLE = "orders"


def orders_of(session: Session, customer: str, limit: int):
    statement = text(f"SELECT * FROM {TABLE} WHERE customer = :customer LIMIT {limit}")
    return session.execute(statement, {"customer": customer}).all()
```

## Source

"Sending Parameters" in the tutorial of SQLAlchemy, and `text` in its reference; verified with SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Call, Expression
from archlint.finding import Act, Finding, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sql.composed import Given, given_texts
from archlint.frameworks.sql.wording import named
from archlint.frameworks.sqlalchemy.candidates import is_migration
from archlint.project import Project
from archlint.project.answer import External
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import Scopes
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict

_TEXTS = frozenset({"sqlalchemy", "sqlmodel"})


class ComposedSql(Rule, frozen=True):
    """Every text of SQL that a function makes is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what texts are put together from."""
        scopes = project.view(Scopes)

        def sql_of(function: ProjectFunction, call: Call) -> tuple[Expression, bool] | None:
            # What a migration puts in are names of tables, which nobody from outside sends.
            if is_test(function.module.path) or is_migration(function.module) or not call.arguments:
                return None
            if isinstance(call.function, Attribute) and call.function.attr == "exec_driver_sql":
                return call.arguments[0], False
            found = scopes.resolve(function.module, function.scope, call.function)
            is_text = isinstance(found, External) and found.name.rpartition(".")[2] == "text"
            is_its = isinstance(found, External) and found.name.partition(".")[0] in _TEXTS
            return (call.arguments[0], False) if is_text and is_its else None

        for given in given_texts(project, ("text", "exec_driver_sql", *_aliases(project)), sql_of):
            if given.value is None:
                yield Outcome.KEPT if given.is_known else Outcome.UNKNOWN
            else:
                yield self._found(project, given)

    def _found(self, project: Project, given: Given) -> Finding:
        module = given.function.module
        is_text = not (
            isinstance(given.call.function, Attribute) and given.call.function.attr == "exec_driver_sql"
        )
        remedy = None
        if given.is_plain and is_text:
            remedy = stepped(Act.PARAMETRIZE, spot(project, module, given.call), "bindparams", safe=False)
        return self.finding(
            spot(project, module, given.call),
            f"SQL is built from {named(given.value)}: whoever controls that controls the statement",
            "write `:name` instead, and pass the value with `bindparams` or when it runs",
            remedy=remedy,
        )


def _aliases(project: Project) -> set[str]:
    return {
        fact.alias
        for module in project.modules
        for fact in module.facts.imports
        if fact.name == "text" and fact.module.partition(".")[0] in _TEXTS
    }
