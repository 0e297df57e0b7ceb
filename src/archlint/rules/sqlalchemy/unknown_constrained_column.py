"""Constraints and indexes that name columns which their table does not have.

## Why is this bad?

`UniqueConstraint("slug", "tenant_id")` looks its columns up when the table is made, as soon as the module is
imported. For one that is not there SQLAlchemy raises `ConstraintColumnNotFoundError` (before version 2,
`KeyError`), and the application does not start. What counts is the name of the column in the table, not that
of the attribute: for `mail = mapped_column("email")` it is `email`.

## What to do

Write the column as the table has it, or give the attribute itself: `Index("ix_orders_number", number)`.

## Bad

```python
from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("shop", "numbr"),  # error: [sqlalchemy/unknown-constrained-column] "`numbr`"
        Index("ix_orders_mail", "mail"),  # error: [sqlalchemy/unknown-constrained-column] "`mail`"
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    shop: Mapped[int]
    number: Mapped[int]
    mail: Mapped[str] = mapped_column("email")
```

## Good

```python
from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("shop", "number"), Index("ix_orders_mail", "email"))
    id: Mapped[int] = mapped_column(primary_key=True)
    shop: Mapped[int]
    number: Mapped[int]
    mail: Mapped[str] = mapped_column("email")
```

## Source

https://docs.sqlalchemy.org/en/20/core/constraints.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Severity
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location, related
from archlint.frameworks.sqlalchemy.tables.words import Constraint, Table
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnknownConstrainedColumn(Rule, frozen=True):
    """Every column that a constraint or an index names by a text is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look the columns up in their tables."""
        mappings, told = project.view(Mappings), set()
        for table in mappings.catalog:
            is_open = mappings.is_open_table(table) or not all(table.columns)
            for constraint in table.constraints:
                for key, place in constraint.keys:
                    if key in table.columns:
                        yield Outcome.KEPT
                    elif is_open:
                        yield Outcome.UNKNOWN
                    elif (place, key) not in told:
                        told.add((place, key))
                        yield self._found(project, table, constraint, key, place)

    def _found(
        self, project: Project, table: Table, constraint: Constraint, key: str, place: Place
    ) -> Finding:
        return self.finding(
            location(project, place),
            f"`{constraint.maker}` names `{key}`, and the table `{table.name}` has no such column",
            did_you_mean(key, table.columns, "write the name of a column of this table"),
            related=related(project, table.place, f"`{table.name}` is declared here"),
        )
