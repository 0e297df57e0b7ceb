"""A row that is used without asking whether there is one.

## Why is this bad?

`fetchone()` gives None where nothing was found, and so does `fetchrow()` of asyncpg. Whoever asks for a
number that nobody has gets a `TypeError`, "'NoneType' object is not subscriptable", and the client a 500
instead of a 404.

Only rows are looked at that a statement finds by a value that is passed; a count always finds one, and a row
that was just written is there.

## What to do

Ask whether it is None, and answer for that.

## Bad

`shop/orders.py`:

```python
import sqlite3


def find(number):
    connection = sqlite3.connect("shop.db")
    return connection.execute("SELECT id, total FROM orders WHERE number = ?", (number,)).fetchone()


def shown(row):
    return {"id": row[0]}  # warning: [python/unchecked-row] "is None where nothing was found"


def order(number):
    return shown(find(number))
```

`shop/web.py`:

```python
from flask import Flask

from shop.orders import find, order

app = Flask(__name__)


@app.get("/orders/<number>")
def show(number):
    return order(number)


@app.get("/orders/<number>/total")
def total(number):
    key, found = find(number)  # warning: [python/unchecked-row] "is None where nothing was found"
    return {"total": found}
```

## Good

`shop/orders.py`:

```python
import sqlite3


def find(number):
    connection = sqlite3.connect("shop.db")
    return connection.execute("SELECT id, total FROM orders WHERE number = ?", (number,)).fetchone()


def count(number):
    connection = sqlite3.connect("shop.db")
    return connection.execute("SELECT count(*) FROM orders WHERE number = ?", (number,)).fetchone()[0]
```

`shop/web.py`:

```python
from flask import Flask, abort

from shop.orders import count, find

app = Flask(__name__)


@app.get("/orders/<number>")
def show(number):
    row = find(number)
    if row is None:
        abort(404)
    return {"id": row[0], "total": row[1], "count": count(number)}
```

## Source

PEP 249, `fetchone()`; the documentation of asyncpg, `Connection.fetchrow()`. Verified with sqlite3 and
aiosqlite.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.drivers.unchecked import uses_of_single_rows
from archlint.frameworks.handlers import serves_requests
from archlint.frameworks.places.expressions import start
from archlint.frameworks.sqlalchemy.places import related
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class UncheckedRow(Rule, frozen=True):
    """Every use of the one row that was fetched is a place, where an application answers requests."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether it may be None."""
        told = set()
        for unchecked in uses_of_single_rows(project) if serves_requests(project) else ():
            if unchecked is None or is_test(unchecked.module.path):
                yield Outcome.KEPT
                continue
            key = unchecked.module, unchecked.scope, unchecked.row.place
            if key in told:
                continue  # the first use of it fails
            told.add(key)
            yield self.finding(
                start(project, unchecked.module, unchecked.form),
                "this row is None where nothing was found",
                "ask whether it is None before, and answer 404 or the like",
                related=related(project, unchecked.row.place, "it is fetched here"),
            )
