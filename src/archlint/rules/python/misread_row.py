"""Rows of a driver that are read as if they were of another kind.

## Why is this bad?

Each driver has its own rows, and few are dicts: sqlite3 gives tuples, or `sqlite3.Row`, which has no `get`
and cannot be changed; psycopg gives tuples; asyncpg gives records, which have `get`, but no attributes. Where
a row is read or filled in like something else, it is an `AttributeError` or a `TypeError` in the first
request that finds one.

## What to do

Read it as the driver gives it, make a dict of it, `dict(row)`, or set what makes the rows: `row_factory`.

## Bad

`shop/orders.py`:

```python
import sqlite3


def connect():
    connection = sqlite3.connect("shop.db")
    connection.row_factory = sqlite3.Row
    return connection


def order(number):
    row = connect().execute("SELECT id, note FROM orders WHERE number = ?", (number,)).fetchone()
    if row is None:
        return None
    return {"id": row["id"], "note": row.get("note")}  # error: [python/misread-row] "no `get`"


def orders():
    rows = connect().execute("SELECT id FROM orders").fetchall()
    for row in rows:
        row["items"] = []  # error: [python/misread-row] "cannot be changed"
    return rows
```

`shop/stock.py`:

```python
import psycopg


def names():
    with psycopg.connect("postgresql://localhost/shop") as connection:
        rows = connection.execute("SELECT name FROM stock").fetchall()
    return [row["name"] for row in rows]  # error: [python/misread-row] "`name` is no index"
```

## Good

`shop/orders.py`:

```python
import sqlite3


def connect():
    connection = sqlite3.connect("shop.db")
    connection.row_factory = sqlite3.Row
    return connection


def order(number):
    row = connect().execute("SELECT id, note FROM orders WHERE number = ?", (number,)).fetchone()
    if row is None:
        return None
    found = dict(row)
    found["items"] = []
    return {"id": row["id"], "note": found.get("note"), "columns": row.keys()}
```

`shop/stock.py`:

```python
import psycopg
from psycopg.rows import dict_row


def names():
    with psycopg.connect("postgresql://localhost/shop", row_factory=dict_row) as connection:
        rows = connection.execute("SELECT name FROM stock").fetchall()
    return [row["name"] for row in rows]
```

## Source

https://docs.python.org/3/library/sqlite3.html#row-objects; the documentation of psycopg, "Row factories", and
of asyncpg, "Record Objects". Verified with sqlite3 and aiosqlite.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.drivers.misread import read_rows
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.places import related
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MisreadRow(Rule, frozen=True):
    """Everything that is asked of a row that a driver gives is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether rows of that kind have it."""
        for form, misread in read_rows(project):
            if misread is None:
                yield Outcome.KEPT
                continue
            yield self.finding(
                spot(project, misread.module, form),
                misread.message,
                misread.hint,
                related=related(project, misread.row.place, "it is fetched here"),
            )
