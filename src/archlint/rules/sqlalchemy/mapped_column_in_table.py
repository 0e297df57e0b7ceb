"""`mapped_column()` in a Core table.

## Why is this bad?

`mapped_column` belongs into the body of a mapped class. A `Table` takes `Column` objects only: importing the
module fails with `ArgumentError: 'SchemaItem' object, such as a 'Column' or a 'Constraint' expected`.

## What to do

Write `Column(...)`, with its name in front.

## Bad

```python
from sqlalchemy import ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


article_tags = Table(
    "article_tags",
    Base.metadata,
    mapped_column("id", ForeignKey("articles.id")),  # error: [sqlalchemy/mapped-column-in-table] "Core table"
)


class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
```

## Good

```python
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


article_tags = Table(
    "article_tags",
    Base.metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
)


class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
```

## Source

`mapped_column()` in the documentation of SQLAlchemy's ORM.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MappedColumnInTable(Rule, frozen=True):
    """Every column of a Core table is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what makes the columns of Core tables."""
        for table in project.view(Mappings).catalog.core():
            for column in table.columns.values():
                if column.maker != "mapped_column":
                    yield Outcome.KEPT
                    continue
                yield self.finding(
                    location(project, column.place),
                    f"`{table.name}` is a Core table, which takes no `mapped_column`",
                    "write `Column(...)`",
                )
