"""Column types that the database does not have.

## Why is this bad?

Some types belong to one database. `postgresql.INET` or an `ARRAY` cannot be the type of a column in SQLite or
MySQL: `create_all` and migrations fail with `CompileError`.

## What to do

Use a type that SQLAlchemy has for every database, such as `JSON`, or a table of its own, or give the others
theirs: `INET().with_variant(String(45), "sqlite")`.

The database is the one in `[tool.archlint.stack]`, or the only one that engines are made for by literal URLs.

## Bad

```toml
[stack]
database = "sqlite"
```

```python
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Visit(Base):
    __tablename__ = "visits"
    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(INET)  # error: [sqlalchemy/unsupported-column-type] "`INET`"
```

## Good

```toml
[stack]
database = "sqlite"
```

```python
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Visit(Base):
    __tablename__ = "visits"
    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(45))
```

## Source

The documentation of SQLAlchemy's dialects; the types were compiled for every one of its databases.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.database import Database
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class UnsupportedColumnType(Rule, frozen=True):
    """Every column of every table is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the types of columns with the database."""
        mappings = project.view(Mappings)
        if not len(mappings):
            return
        database = project.view(Database)
        seen: set[tuple[str, int, int]] = set()
        for table in mappings.catalog:
            if is_test(table.place.module.path):
                continue
            for column in table.columns.values():
                place = (column.place.module.path, column.place.line, column.place.column)
                is_lacking = database.lacks(column.type)
                if is_lacking is None:
                    yield Outcome.UNKNOWN
                elif not is_lacking:
                    yield Outcome.KEPT
                elif place not in seen:
                    seen.add(place)
                    kind = column.type.rpartition(".")[2]
                    yield self.finding(
                        location(project, column.place),
                        f"{database.name} has no type `{kind}`: column `{column.name}` cannot be created",
                        f"use a type that {database.name} has, or add `.with_variant(…)` for it",
                    )
