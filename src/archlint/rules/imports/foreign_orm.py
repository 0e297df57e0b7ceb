"""Data access past the ORM that the project is told to use.

## Why is this bad?

`[stack]` says which ORM there is, so that everybody knows where tables are described, and what opens and ends
a transaction. A model of another ORM, or a connection that is opened by hand, has tables, transactions and
tests of its own.

## What to do

Write it with the ORM that is asked for, or change `[stack]` where the team has changed its mind.

## Bad

`archlint.toml`:

```toml
[stack]
orm = "sqlalchemy"
```

`shop/orders.py`:

```python
import sqlite3

from sqlalchemy import create_engine

engine = create_engine("sqlite:///shop.db")


def numbers():
    with sqlite3.connect("shop.db") as connection:  # error: [imports/foreign-orm] "beside the ORM"
        return connection.execute("SELECT number FROM orders").fetchall()
```

`stock/models.py`:

```python
from django.db import models  # error: [imports/foreign-orm] "another ORM, django"


class Item(models.Model):
    name = models.CharField(max_length=40)
```

## Good

`archlint.toml`:

```toml
[stack]
orm = "sqlalchemy"
```

`shop/orders.py`:

```python
from sqlalchemy import create_engine, text

engine = create_engine("sqlite:///shop.db")


def numbers():
    with engine.connect() as connection:
        return connection.execute(text("SELECT number FROM orders")).scalars().all()
```

## When not to use it

Without `orm` in `[stack]` nothing is looked at.

## Source

The team's own decision, written down in `[stack]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.demand import Demand
from archlint.finding import Location, Severity
from archlint.frameworks.foreign_orm import PACKAGES, past_orm, uses_orm
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class ForeignOrm(Rule, frozen=True):
    """Every import of an ORM and every connection that is opened is a place, where an ORM is asked for."""

    severity = Severity.ERROR
    since = "0.1"

    def demands(self, project: Project) -> Iterator[Demand]:
        """Which ORM to use."""
        if project.config.stack.orm in PACKAGES:
            yield Demand(f"Access data by `{project.config.stack.orm}` alone", is_of_whole=True)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for others, and for the one that is asked for."""
        orm = project.config.stack.orm.lower()
        if orm not in PACKAGES:
            return
        past = list(past_orm(project, orm))
        if uses_orm(project, orm):
            yield Outcome.KEPT
        elif project.modules:
            origin = project.config.origin("stack.orm")
            yield self.finding(
                Location(origin.source, origin.line, origin.column, origin.line, origin.column),
                f"`{orm}` is the ORM that is asked for, and no code imports it",
                f"access data by `{orm}`, or change `[stack]`",
            )
        for each in past:
            yield self.finding(project.location(each.module, *each.span), each.what, f"write it with `{orm}`")
