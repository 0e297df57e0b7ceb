"""Association tables that do not associate.

## Why is this bad?

`secondary` takes a table that has one foreign key to each of both sides. A mapped class there is
`ArgumentError`, the name of an unknown table `InvalidRequestError`, a table without the keys
`NoForeignKeysError`, and one with two keys to the same side `AmbiguousForeignKeysError`: each at the first
query of any class.

## What to do

Give the association table a foreign key to each side. Of a mapped class, pass its table:
`secondary=Membership.__table__`. Where both sides are one class, say in `primaryjoin` and `secondaryjoin`
which key is which.

## Bad

```python
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


article_tags = Table(
    "article_tags",
    Base.metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("tag_id", Integer, primary_key=True),
)


class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)


class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[Tag]] = relationship(  # error: [sqlalchemy/invalid-secondary] "no foreign key"
        secondary=article_tags,
    )
```

## Good

```python
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


article_tags = Table(
    "article_tags",
    Base.metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)


class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[Tag]] = relationship(secondary=article_tags)
```

## Source

"Many To Many" and "Self-Referential Many-to-Many" in the documentation of SQLAlchemy's ORM.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


@dataclass(frozen=True, slots=True)
class InvalidSecondary(Rule):
    """Every `secondary` is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the association table of every relationship."""
        mappings = project.view(Mappings)
        for owner, relationship in mappings.relationships():
            if not {"secondary", "link_model"} & set(relationship.options):
                continue
            problem = _problem(mappings, owner, relationship)
            if isinstance(problem, Outcome):
                yield problem
                continue
            yield self.finding(location(project, relationship.place), *problem)


def _problem(mappings: Mappings, owner: MappedClass, relationship: Relationship) -> tuple[str, str] | Outcome:
    name, table = mappings.joins.secondary(relationship, owner)
    mapped = mappings.secondary_class(relationship, owner)
    if mapped is not None:
        cls = mapped.cls.fact.name
        return (
            f"`secondary` takes a table, and `{cls}` is a mapped class",
            f"write `secondary={cls}.__table__`",
        )
    if table is None:
        return _unknown(mappings, owner, relationship, name)
    if not relationship.is_whole or {"primaryjoin", "secondaryjoin"} & set(relationship.options):
        return Outcome.KEPT
    targets = mappings.targets(relationship, owner)
    if len(targets) != 1 or table.is_open or owner.is_open or targets[0].is_open:
        return Outcome.UNKNOWN
    for side in (owner, targets[0]):
        keys, is_known = mappings.joins.between((table,), mappings.joins.tables(side))
        wanted = mappings.joins.tables(side)
        if not keys and is_known and wanted:
            return (
                f"`{table.key}` has no foreign key to `{wanted[0].key}`",
                f"give the column of `{table.key}` that refers to `{wanted[0].key}` its `ForeignKey`",
            )
        if len(keys) > 1 and "foreign_keys" not in relationship.options:
            return (
                f"`{table.key}` has {len(keys)} foreign keys to `{wanted[0].key}`",
                "say in `primaryjoin` and `secondaryjoin` which key is which",
            )
    return Outcome.KEPT


def _unknown(
    mappings: Mappings, owner: MappedClass, relationship: Relationship, name: str
) -> tuple[str, str] | Outcome:
    given = relationship.option_text("secondary")
    own = mappings.joins.tables(owner)
    if given is None or not own or not given.replace(".", "").isidentifier():
        return Outcome.UNKNOWN
    metadata = own[0].metadata
    if not mappings.catalog.is_closed(metadata) or mappings.catalog.anywhere(given):
        return Outcome.UNKNOWN
    keys = mappings.catalog.keys(metadata)
    return f"no table `{name}` in the metadata of `{owner.cls.fact.name}`", did_you_mean(
        given, keys, "name a table of the same metadata"
    )
