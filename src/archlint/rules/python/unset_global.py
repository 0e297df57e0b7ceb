"""A name of a module that is still None where it is used.

## Why is this bad?

A module begins with `SessionLocal = None`, and a function sets it as the application starts. Whoever wrote
`from shop.db import SessionLocal` has copied the None that it was when the module was loaded: setting the
name later changes nothing there. And where nobody calls the function, it is None for all. Either way it is a
`TypeError` or an `AttributeError` of `NoneType` in the first request.

## What to do

Import the module, and read the name from it: `db.SessionLocal`. Call the function where the application
starts.

## Bad

`shop/db.py`:

```python
import sqlite3

connect = None


def init_db(path):
    global connect
    connect = lambda: sqlite3.connect(path)
```

`shop/orders.py`:

```python
from shop.db import connect


def numbers():
    with connect() as connection:  # error: [python/unset-global] "was imported while it was None"
        return connection.execute("SELECT number FROM orders").fetchall()
```

`shop/web.py`:

```python
from flask import Flask

from shop import orders
from shop.db import init_db


def create_app():
    app = Flask(__name__)
    init_db("shop.db")
    app.add_url_rule("/orders", view_func=orders.numbers)
    return app
```

## Good

`shop/db.py`:

```python
import sqlite3

connect = None


def init_db(path):
    global connect
    connect = lambda: sqlite3.connect(path)
```

`shop/orders.py`:

```python
from shop import db


def numbers():
    with db.connect() as connection:
        return connection.execute("SELECT number FROM orders").fetchall()
```

`shop/web.py`:

```python
from flask import Flask

from shop import orders
from shop.db import init_db


def create_app():
    app = Flask(__name__)
    init_db("shop.db")
    app.add_url_rule("/orders", view_func=orders.numbers)
    return app
```

## Source

https://docs.python.org/3/reference/simple_stmts.html#the-import-statement
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.places.expressions import start
from archlint.frameworks.unset_globals import unset_globals
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnsetGlobal(Rule, frozen=True):
    """Every name of a module that begins as None and that a function sets is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether those who use it can find it set."""
        for unset in unset_globals(project):
            if unset is None:
                yield Outcome.KEPT
                continue
            setter = unset.setter
            if unset.is_copied:
                message = f"`{unset.name}` was imported while it was None: `{setter.fact.name}` sets it later"
                hint = f"import the module, and read `{setter.module.name.rpartition('.')[2]}.{unset.name}`"
            else:
                message = (
                    f"`{unset.name}` is None: nothing calls `{setter.fact.name}` as the application starts"
                )
                hint = f"call `{setter.fact.name}` where the application starts"
            place = project.location(setter.module, setter.fact.line, setter.fact.column)
            yield self.finding(
                start(project, unset.module, unset.form),
                message,
                hint,
                related=(Related(place, "it is set here"),),
            )
