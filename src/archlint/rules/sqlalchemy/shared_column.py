"""Columns that several tables are given.

## Why is this bad?

A `Column` belongs to one table. One that is made once, under the name of a module or for a field that
several classes of SQLModel inherit, cannot be given to a second: `ArgumentError`, "already assigned to
Table", when the module is imported. With one table all is well, so that the mistake shows when the second
is added.

## What to do

Have each table make its own: give a field of SQLModel `sa_type` and `sa_column_kwargs` in place of
`sa_column`, and tables of Core what a function returns.

## Bad

```python
from datetime import datetime

from sqlalchemy import Column, DateTime
from sqlmodel import Field, SQLModel


class Dated(SQLModel):
    created: datetime = Field(
        sa_column=Column(DateTime(timezone=True)),  # error: [sqlalchemy/shared-column] "`team` and `hero`"
    )


class Team(Dated, table=True):
    id: int | None = Field(default=None, primary_key=True)


class Hero(Dated, table=True):
    id: int | None = Field(default=None, primary_key=True)
```

## Good

```python
from datetime import datetime

from sqlalchemy import Column, DateTime
from sqlmodel import Field, SQLModel


class Dated(SQLModel):
    created: datetime = Field(sa_type=DateTime(timezone=True))


class Named(SQLModel):
    name: str = Field(sa_column=Column("title"))


class Team(Dated, Named, table=True):
    id: int | None = Field(default=None, primary_key=True)


class Hero(Dated, table=True):
    id: int | None = Field(default=None, primary_key=True)
```

## Source

https://docs.sqlalchemy.org/en/20/core/metadata.html, and `sa_type` in SQLModel's reference of `Field`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.tables.shared import made_once
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class SharedColumn(Rule, frozen=True):
    """Every column that is made once, for whatever tables, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Count the tables that are given it."""
        for column in made_once(project):
            first, *others = dict.fromkeys(column.tables)
            if not others:
                yield Outcome.KEPT
                continue
            yield self.finding(
                location(project, column.place),
                f"one `Column` is made for the tables `{first}` and `{others[0]}`, and only one can have it",
                "give `sa_type` and `sa_column_kwargs` in place of `sa_column`"
                if column.is_field
                else "have a function make it for each table",
            )
