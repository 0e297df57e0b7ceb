"""SQL that is built from data.

## Why is this bad?

Whoever controls the data controls what the database does: `' OR '1'='1` selects all rows. Quotes in a
harmless name make the statement invalid.

Only values are looked at, not the names of tables and columns, which cannot be parameters. What is a number
by its type, or is compared with a list of what is allowed, cannot hold SQL.

## What to do

Write `%s`, without quotes around it, and pass the values as parameters.

## Bad

```python
from django.db import connection


def orders_of(customer):
    with connection.cursor() as cursor:
        cursor.execute(  # warning: [django/composed-sql] "from `customer`"
            f"SELECT * FROM orders WHERE customer = '{customer}'"
        )
        return cursor.fetchall()
```

## Good

```python
from django.db import connection

TABLE = "orders"


def orders_of(customer, limit: int):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {TABLE} WHERE customer = %s LIMIT {limit}", [customer])
        return cursor.fetchall()
```

## Source

"Passing parameters into raw()" and "Executing custom SQL directly" in the documentation of Django.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Call, Collection, Expression, Name, last_name
from archlint.finding import Act, Finding, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sql.composed import Given, given_texts
from archlint.frameworks.sql.wording import named
from archlint.project import Project
from archlint.project.answer import External
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict

_CONNECTIONS = ("django.db.connection", "django.db.connections", "django.db.transaction.get_connection")
_NAMES = ("execute", "executemany", "raw", "extra", "RawSQL")


class ComposedSql(Rule, frozen=True):
    """Every text of SQL that a function gives to a cursor, `raw`, `extra` or `RawSQL` is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what texts are put together from."""
        for given in given_texts(project, _NAMES, _Sql(project).of):
            if given.value is None:
                yield Outcome.KEPT if given.is_known else Outcome.UNKNOWN
            else:
                yield self._found(project, given)

    def _found(self, project: Project, given: Given) -> Finding:
        module = given.function.module
        is_argument = given.call.arguments[:1] == (given.sql,)
        remedy = None
        if given.is_plain and is_argument:
            remedy = stepped(Act.PARAMETRIZE, spot(project, module, given.call), "%s", safe=False)
        return self.finding(
            spot(project, module, given.call),
            f"SQL is built from {named(given.value)}: whoever controls that controls the statement",
            "write `%s` instead, without quotes, and pass the values as parameters",
            remedy=remedy,
        )


class _Sql:
    """Which argument of a call is SQL."""

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._functions = project.view(Functions)

    def of(self, function: ProjectFunction, call: Call) -> tuple[Expression, bool] | None:
        """The argument, and whether it is only a part of a statement."""
        name = last_name(call.function)
        if name not in _NAMES or is_test(function.module.path):
            return None
        if name == "extra":
            return self._of_extra(call)
        if not call.arguments:
            return None
        if name == "RawSQL":
            found = self._scopes.resolve(function.module, function.scope, call.function)
            is_its = isinstance(found, External) and found.name.startswith("django.")
            return (call.arguments[0], True) if is_its else None
        if not isinstance(call.function, Attribute):
            return None
        receiver = call.function.value
        if name == "raw":
            return (call.arguments[0], False) if last_name(receiver) == "objects" else None
        return (call.arguments[0], False) if self._is_cursor(function, receiver) else None

    def _of_extra(self, call: Call) -> tuple[Expression, bool] | None:
        for keyword in call.keywords:
            if keyword.name == "where" and isinstance(keyword.value, Collection) and keyword.value.items:
                return keyword.value.items[0], True
        return None

    def _is_cursor(self, function: ProjectFunction, receiver: Expression) -> bool:
        """Whether it was made by a connection of Django."""
        if isinstance(receiver, Name):
            bound = self._functions.summary(function).bound.get(receiver.id, ())
            return bool(bound) and all(self._is_cursor(function, each.value) for each in bound)
        if not isinstance(receiver, Call) or not isinstance(receiver.function, Attribute):
            return False
        if receiver.function.attr != "cursor":
            return False
        found = self._scopes.resolve(function.module, function.scope, receiver.function.value)
        return isinstance(found, External) and found.name in _CONNECTIONS
