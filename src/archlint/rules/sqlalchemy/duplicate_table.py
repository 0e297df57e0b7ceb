"""Two tables of the same name in one metadata.

## Why is this bad?

A metadata holds one table of each name. Declaring a second one, in the same module or in another that the
application imports too, fails with `InvalidRequestError: Table 'x' is already defined for this MetaData
instance`.

## What to do

Give one of them another name. If both are meant to be the same table, declare it once and import it.

## Bad

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)


class Remark(Base):
    __tablename__ = "notes"  # error: [sqlalchemy/duplicate-table] "table `notes` is declared twice"
    id: Mapped[int] = mapped_column(primary_key=True)
```

## Good

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)


class Remark(Base):
    __tablename__ = "remarks"
    id: Mapped[int] = mapped_column(primary_key=True)
```

## When not to use it

Tables of modules that no module imports together are left alone: they may never meet.

## Source

`Table.extend_existing` in the documentation of SQLAlchemy Core.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.startup.meetings import Meetings
from archlint.frameworks.sqlalchemy.tables.words import Table
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class DuplicateTable(Rule, frozen=True):
    """Every table with a name is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for tables of the same metadata and name."""
        mappings, meetings = project.view(Mappings), project.view(Meetings)
        by_key: dict[tuple[str, str], list[Table]] = {}
        for table in mappings.catalog:
            if table.key and table.metadata and ":" not in table.owner:
                by_key.setdefault((table.metadata, table.key), []).append(table)
        for (_, key), tables in by_key.items():
            first, *others = sorted(tables, key=lambda each: (each.place.module.path, each.place.line))
            yield Outcome.KEPT
            for other in others:
                if (
                    first.is_extending
                    or other.is_extending
                    or other.place == first.place
                    or "()" in f"{first.owner}{other.owner}"
                ):
                    yield Outcome.KEPT
                elif not meetings.meet(first.place.module, other.place.module):
                    yield Outcome.UNKNOWN
                else:
                    yield self.finding(
                        location(project, other.place),
                        f"table `{key}` is declared twice in one metadata",
                        "give it another name, or declare it once and import it",
                        related=(Related(location(project, first.place), f"`{key}` is declared here too"),),
                    )
