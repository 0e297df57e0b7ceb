"""Relationships of a class to itself that both lead in the same direction.

## Why is this bad?

Where a table refers to itself, the foreign key alone does not tell parent from children: SQLAlchemy takes
every such relationship for the one to the children. Two that populate each other are then of the same
direction, and the mappers cannot be configured: `ArgumentError: … Did you mean to set remote_side on the
many-to-one side`.

## What to do

Set `remote_side` on the side that leads to the parent: `relationship(remote_side=[id])`.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Category(Base):
    __tablename__ = "categories"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    parent: Mapped["Category"] = relationship(  # error: [sqlalchemy/missing-remote-side] "same direction"
        back_populates="children",
    )
    children: Mapped[list["Category"]] = relationship(back_populates="parent")
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Category(Base):
    __tablename__ = "categories"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    parent: Mapped["Category | None"] = relationship(back_populates="children", remote_side=[id])
    children: Mapped[list["Category"]] = relationship(back_populates="parent")
```

## Source

"Adjacency List Relationships" in the documentation of SQLAlchemy's ORM.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.tables.joins import is_joined_by_keys
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MissingRemoteSide(Rule, frozen=True):
    """Every relationship of a class to itself is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the relationships that lead from a class to itself, with their other side."""
        mappings = project.view(Mappings)
        told: set[tuple[str, str]] = set()
        for owner, relationship in mappings.relationships():
            targets = mappings.targets(relationship, owner)
            if len(targets) != 1 or targets[0] is not owner or not is_joined_by_keys(relationship):
                continue
            other = owner.relationships.get(relationship.back_populates)
            if (owner.key, relationship.name) in told or not _is_missing(owner, relationship, other):
                yield Outcome.KEPT
                continue
            name = other.name if other is not None else relationship.backref
            told.add((owner.key, name))
            first = other if other is not None and relationship.uselist else relationship
            cls = owner.cls.fact.name
            yield self.finding(
                location(project, first.place),
                f"`{cls}.{relationship.name}` and `{cls}.{name}` lead in the same direction",
                "set `remote_side` on the one that leads to the parent",
            )


def _is_missing(owner: MappedClass, relationship: Relationship, other: Relationship | None) -> bool:
    if "remote_side" in relationship.options:
        return False
    if other is not None:
        return is_joined_by_keys(other) and "remote_side" not in other.options and other is not relationship
    options = relationship.backref_options
    return bool(relationship.backref) and not {"remote_side", "primaryjoin"} & set(options)
