"""Placeholders in SQL that the driver does not take.

## Why is this bad?

Each driver has its own: sqlite3 takes `?`, psycopg `%s`, asyncpg `$1`. With another's the database finds a
syntax error, and with a number that is left out PostgreSQL does not know the type of what it is given. All of
it shows when the statement is run, and not before.

## What to do

Write those of the driver. In an f-string one dollar is enough: `f"name = ${number}"`.

## Bad

`shop/orders.py`:

```python
import sqlite3


def order(number):
    with sqlite3.connect("shop.db") as connection:
        found = connection.execute(  # error: [python/mistaken-placeholder] "`%s` is no placeholder"
            "SELECT total FROM orders WHERE number = %s", (number,)
        )
        return found.fetchone()
```

## Good

`shop/orders.py`:

```python
import sqlite3


def order(number):
    with sqlite3.connect("shop.db") as connection:
        found = connection.execute("SELECT strftime('%s', made) FROM orders WHERE number = ?", (number,))
        return found.fetchone()
```

## Source

PEP 249, `paramstyle`; the documentation of asyncpg, "Connection.fetch()"; PostgreSQL's manual, "Dollar-Quoted
String Constants". Verified with sqlite3; asyncpg needs a server to be asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sql.placeholders import read_placeholders
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MistakenPlaceholder(Rule, frozen=True):
    """Every statement that is run as it is written is a place, where a project has one driver."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for placeholders of another driver."""
        for each in read_placeholders(project):
            if each.message:
                yield self.finding(spot(project, each.module, each.form), each.message, each.hint)
            else:
                yield Outcome.KEPT
