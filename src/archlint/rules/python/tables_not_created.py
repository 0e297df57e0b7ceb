"""Tables that are created by a function which nobody calls.

## Why is this bad?

The application starts, and its first query fails: `no such table: orders`. It comes about where the function
was run by hand once, on the machine of its author, or where it is called under `if __name__ == "__main__"` in
a module that a server imports.

## What to do

Call it where the application starts: in its factory, its lifespan, or a hook for startup.

## Bad

`shop/store.py`:

```python
import sqlite3


class Store:
    def __init__(self, path):
        self.path = path

    def create_tables(self):  # warning: [python/tables-not-created] "nothing calls `create_tables`"
        with sqlite3.connect(self.path) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS orders (number INTEGER)")

    def orders(self):
        with sqlite3.connect(self.path) as connection:
            return connection.execute("SELECT number FROM orders").fetchall()
```

`shop/web.py`:

```python
from flask import Flask

from shop.store import Store

app = Flask(__name__)
store = Store("shop.db")


@app.get("/orders")
def orders():
    return store.orders()
```

## Good

`shop/store.py`:

```python
import sqlite3


class Store:
    def __init__(self, path):
        self.path = path

    def create_tables(self):
        with sqlite3.connect(self.path) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS orders (number INTEGER)")

    def orders(self):
        with sqlite3.connect(self.path) as connection:
            return connection.execute("SELECT number FROM orders").fetchall()
```

`shop/web.py`:

```python
from flask import Flask

from shop.store import Store

app = Flask(__name__)
store = Store("shop.db")
store.create_tables()


@app.get("/orders")
def orders():
    return store.orders()
```

## When not to use it

Projects with migrations, with files of SQL or with an ORM are left alone, and so is what may be a command.

## Source

https://docs.python.org/3/library/sqlite3.html; verified with sqlite3.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sql.table_makers import table_makers
from archlint.frameworks.sqlalchemy.startup.asked_for import AskedFor
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class TablesNotCreated(Rule, frozen=True):
    """Every function that creates tables is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether any of them is come to when the application starts."""
        makers = table_makers(project)
        if not makers:
            return
        asked = project.view(AskedFor)
        if any(asked.is_asked_for(function) for function in makers):
            yield Outcome.KEPT
            return
        for function in makers:
            fact = function.fact
            message = f"the tables are never created: nothing calls `{fact.name}` when the application starts"
            place = project.location(function.module, fact.line, fact.column)
            yield self.finding(place, message, "call it where the application starts")
