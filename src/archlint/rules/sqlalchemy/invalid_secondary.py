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

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.tables.words import Table
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class InvalidSecondary(Rule, frozen=True):
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
        found = _between(mappings, table, side, relationship)
        if found is not None:
            return found
    return Outcome.KEPT


def _between(
    mappings: Mappings, table: Table, side: MappedClass, relationship: Relationship
) -> tuple[str, str] | None:
    """What is wrong with the foreign keys that join the association table with one side."""
    wanted = mappings.joins.tables(side)
    keys, is_known = mappings.joins.between((table,), wanted)
    if any(table is each for each in wanted):
        backwards, is_all = keys, is_known
    else:  # a key of the side's own joins them as well
        backwards, is_all = mappings.joins.between(wanted, (table,))
    its, theirs = _called(table), _called(wanted[0]) if wanted else ""
    if not keys and not backwards and is_known and is_all:
        return (
            f"{its} has no foreign key to {theirs}",
            f"give the column of {its} that refers to {theirs} its `ForeignKey`",
        )
    if len(keys) > 1 and "foreign_keys" not in relationship.options:
        return (
            f"{its} has {len(keys)} foreign keys to {theirs}",
            "say in `primaryjoin` and `secondaryjoin` which key is which",
        )
    return None


def _called(table: Table) -> str:
    """A table by its key, or by the class that it is of where nobody can tell what that calls it."""
    return f"`{table.key}`" if table.key else f"the table of `{table.owner.rpartition('.')[2]}`"


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
