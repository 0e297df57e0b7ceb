"""Upserts by columns that nothing makes unique.

## Why is this bad?

`on_conflict_do_update(index_elements=[…])` and `on_conflict_do_nothing(index_elements=[…])` need a unique
constraint, a unique index or a primary key on exactly these columns: it is what the database finds the
conflict by. Without one, PostgreSQL and SQLite refuse every such statement ("there is no unique or exclusion
constraint matching the ON CONFLICT specification"). A plain index is not enough.

## What to do

Declare what is meant: a `UniqueConstraint` over the columns, or `unique=True` for one. Or name the columns of
the key that there is.

## Bad

```python
from sqlalchemy import Index
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Level(Base):
    __tablename__ = "levels"
    __table_args__ = (Index("ix_levels", "warehouse", "sku"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    warehouse: Mapped[str]
    sku: Mapped[str]
    pieces: Mapped[int]


def count(session: Session, warehouse: str, sku: str, pieces: int) -> None:
    wanted = insert(Level).values(warehouse=warehouse, sku=sku, pieces=pieces)
    session.execute(
        wanted.on_conflict_do_update(  # error: [sqlalchemy/upsert-without-unique-key] "`warehouse`, `sku`"
            index_elements=["warehouse", "sku"], set_={"pieces": pieces}
        )
    )
    session.commit()
```

## Good

```python
from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Level(Base):
    __tablename__ = "levels"
    __table_args__ = (UniqueConstraint("warehouse", "sku"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    warehouse: Mapped[str]
    sku: Mapped[str]
    pieces: Mapped[int]


def count(session: Session, warehouse: str, sku: str, pieces: int) -> None:
    wanted = insert(Level).values(warehouse=warehouse, sku=sku, pieces=pieces)
    session.execute(
        wanted.on_conflict_do_update(index_elements=[Level.warehouse, Level.sku], set_={"pieces": pieces})
    )
    session.commit()
```

## Source

https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#specifying-the-target,
https://www.sqlite.org/lang_upsert.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.statements.upserts import upserts
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UpsertWithoutUniqueKey(Rule, frozen=True):
    """Every insert that names the columns of a conflict is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for what makes the columns unique."""
        told = set()
        for upsert in upserts(project):
            if upsert is None:
                yield Outcome.UNKNOWN
                continue
            form = upsert.called.form
            key = (upsert.trace.module, form.line, form.column)
            if upsert.is_unique or key in told:
                yield Outcome.KEPT
                continue
            told.add(key)
            columns = ", ".join(f"`{name}`" for name in upsert.columns)
            yield self.finding(
                spot(project, upsert.trace.module, form),
                f"nothing makes {columns} of `{upsert.table}` unique: the database refuses the statement",
                "add a unique constraint over these columns, or name those of the key",
            )
