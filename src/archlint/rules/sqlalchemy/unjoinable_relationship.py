"""Relationships between classes that no foreign key joins.

## Why is this bad?

A relationship finds out by the foreign keys how the two tables are joined. Without any, on either side, the
mappers cannot be configured: `NoForeignKeysError` at the first query of any class.

## What to do

Give the column that refers to the other table its `ForeignKey`. Where the database has none on purpose, say
how to join with `primaryjoin`, and `foreign()` around the column that refers.

## Bad

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int]
    user: Mapped[User] = relationship()  # error: [sqlalchemy/unjoinable-relationship] "no foreign key joins"
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User] = relationship()
```

## Source

"Configuring how Relationship Joins" in the documentation of SQLAlchemy's ORM.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.elided import is_cut
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.tables.joins import is_joined_by_keys
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnjoinableRelationship(Rule, frozen=True):
    """Every relationship that says nothing of how it joins is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for foreign keys between both sides of every relationship."""
        mappings = project.view(Mappings)
        for owner, relationship in mappings.relationships():
            if not is_joined_by_keys(relationship):
                yield Outcome.KEPT
                continue
            targets = mappings.targets(relationship, owner)
            if len(targets) != 1 or not mappings.share_metadata(owner, targets[0]):
                yield Outcome.UNKNOWN
                continue
            paths = mappings.joins.paths(owner, targets[0])
            if paths.there or paths.back:
                yield Outcome.KEPT
            elif not paths.is_known or is_cut(project, owner.cls) or is_cut(project, targets[0].cls):
                yield Outcome.UNKNOWN
            else:
                one = mappings.joins.tables(owner)[0].key
                other = mappings.joins.tables(targets[0])[0].key
                yield self.finding(
                    location(project, relationship.place),
                    f"no foreign key joins `{one}` and `{other}`",
                    "give the column that refers to the other table a `ForeignKey`, or set `primaryjoin`",
                )
