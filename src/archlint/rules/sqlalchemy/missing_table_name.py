"""Mapped classes without a table.

## Why is this bad?

A class that inherits from a declarative base is mapped when its body has run, and so needs a table. Without
`__tablename__` or `__table__`, its own or a mixin's, importing the module fails with `InvalidRequestError`.

## What to do

Set `__tablename__`. If the class is only a base for others, set `__abstract__ = True`; if it only lends
columns, do not let it inherit from the base.

## Bad

```python
from datetime import datetime

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Timed(Base):  # error: [sqlalchemy/missing-table-name] "`Timed` has no table"
    created_at: Mapped[datetime]


class Order(Timed):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
```

## Good

```python
from datetime import datetime

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Timed(Base):
    __abstract__ = True
    created_at: Mapped[datetime]


class Order(Timed):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
```

## Source

"Declarative Table" in the documentation of SQLAlchemy's ORM.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.elided import is_cut
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.project import Project
from archlint.project.names.name_places import name_place
from archlint.rule import Outcome, Rule, Verdict


class MissingTableName(Rule, frozen=True):
    """Every mapped class that inherits from no other is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the table of every mapped class."""
        for mapped in project.view(Mappings).classes():
            if mapped.is_abstract or mapped.parent is not None:
                continue
            if mapped.table is not None:
                yield Outcome.KEPT
                continue
            if mapped.is_open or mapped.registry is None or "__tablename__" in mapped.attributes:
                yield Outcome.UNKNOWN
                continue
            if is_cut(project, mapped.cls):
                yield Outcome.UNKNOWN
                continue
            fact = mapped.cls.fact
            yield self.finding(
                name_place(project, mapped.cls.module, fact.name, fact.line, fact.column),
                f"`{fact.name}` has no table: neither `__tablename__` nor `__table__`",
                "set `__tablename__`, or `__abstract__ = True` if it is only a base for others",
            )
