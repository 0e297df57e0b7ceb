"""Mapped classes without a primary key.

## Why is this bad?

The ORM tells rows apart by their primary key. A class whose table has none cannot be mapped: importing the
module fails with `ArgumentError: Mapper could not assemble any primary key columns`.

## What to do

Mark a column, or several, with `primary_key=True`. Where the table of the database really has none, name the
columns that tell its rows apart in `__mapper_args__ = {"primary_key": [...]}`.

## Bad

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Country(Base):  # error: [sqlalchemy/missing-primary-key] "`Country` has no primary key"
    __tablename__ = "countries"
    code: Mapped[str] = mapped_column(unique=True)
```

## Good

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Country(Base):
    __tablename__ = "countries"
    code: Mapped[str] = mapped_column(primary_key=True)
```

## Source

"How do I map a table that has no primary key?" in SQLAlchemy's frequently asked questions.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.elided import is_cut
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.project import Project
from archlint.project.names.name_places import name_place
from archlint.rule import Outcome, Rule, Verdict


class MissingPrimaryKey(Rule, frozen=True):
    """Every mapped class with a table of its own is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the columns of every table that a class declares."""
        mappings = project.view(Mappings)
        for mapped in mappings.classes():
            if mapped.table is None or mapped.is_abstract:
                continue
            has = _has_key(mapped)
            if has is not False:
                yield Outcome.KEPT if has else Outcome.UNKNOWN
                continue
            if is_cut(project, mapped.cls):
                yield Outcome.UNKNOWN
                continue
            fact = mapped.cls.fact
            yield self.finding(
                name_place(project, mapped.cls.module, fact.name, fact.line, fact.column),
                f"`{fact.name}` has no primary key, so it cannot be mapped",
                "mark the column that tells its rows apart with `primary_key=True`",
            )


def _has_key(mapped: MappedClass) -> bool | None:
    table = mapped.table
    if table is None:
        return None
    if mapped.parent is not None and not table.name:
        return None  # it may have none of its own, and share that of its parent
    if any(column.primary_key is True for column in table.columns.values()):
        return True
    if "__mapper_args__" in mapped.meta or "__mapper_args__" in mapped.attributes:
        return None
    if table.is_extending:
        return None  # the columns of the table that is there already are its own, too
    is_known = all(column.primary_key is not None for column in table.columns.values())
    return False if is_known and not table.is_open and not mapped.is_open and mapped.registry else None
