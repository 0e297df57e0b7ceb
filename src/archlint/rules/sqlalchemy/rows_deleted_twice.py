"""Rows of an association table that are deleted by a statement, and again with their object.

## Why is this bad?

The unit of work deletes the rows of `secondary` itself when an object is deleted or leaves the collection.
Where it has loaded the collection, and a statement has deleted these rows behind its back, it finds none of
the rows that it is about to delete: `StaleDataError: DELETE statement on table … expected to delete 2 row(s);
only 0 were matched`.

## What to do

Leave it to the unit of work: delete the object, or clear the collection. Or let statements do all of it.

## Bad

```python
from sqlalchemy import Column, ForeignKey, Table, create_engine, delete
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

engine = create_engine("sqlite://")


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
    name: Mapped[str]


class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[Tag]] = relationship(secondary=article_tags)


def drop(key: int) -> list[str]:
    with Session(engine) as session:
        article = session.get_one(Article, key)
        names = [tag.name for tag in article.tags]
        session.execute(  # error: [sqlalchemy/rows-deleted-twice] "`Article.tags` deletes its rows"
            delete(article_tags).where(article_tags.c.article_id == key)
        )
        session.delete(article)
        session.commit()
    return names
```

## Good

```python
from sqlalchemy import Column, ForeignKey, Table, create_engine, delete
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

engine = create_engine("sqlite://")


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
    name: Mapped[str]


class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[Tag]] = relationship(secondary=article_tags)


def drop(key: int) -> list[str]:
    with Session(engine) as session:
        article = session.get_one(Article, key)
        names = [tag.name for tag in article.tags]
        session.delete(article)
        session.commit()
    return names


def drop_tag(key: int) -> None:
    with Session(engine) as session:
        session.execute(delete(article_tags).where(article_tags.c.tag_id == key))
        session.execute(delete(Tag).where(Tag.id == key))
        session.commit()
```

## Source

"Deleting rows from the many to many table" in the documentation of SQLAlchemy's ORM; verified with
SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.sessions.emptied import Twice, rows_deleted_twice
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RowsDeletedTwice(Rule, frozen=True):
    """Every statement that deletes rows of an association table is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for what deletes the same rows with an object that has them loaded."""
        for twice in rows_deleted_twice(project):
            yield Outcome.KEPT if twice is None else self._found(project, twice)

    def _found(self, project: Project, twice: Twice) -> Finding:
        emptying, name = twice.emptying, f"{twice.instance.entity.name}.{twice.relation}"
        table = emptying.table.name
        return self.finding(
            spot(project, emptying.trace.module, emptying.called.form),
            f"`{name}` deletes its rows of `{table}` itself, and then finds none of those it has loaded",
            f"leave the rows of `{table}` to the relationship, or delete the object by a statement, too",
            related=(
                Related(spot(project, twice.trace.module, twice.called.form), "they are deleted here, too"),
            ),
        )
