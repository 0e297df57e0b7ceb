"""Joins of classes that no foreign key connects.

## Why is this bad?

`join(Tag)` without a condition needs exactly one foreign key between what is selected and `Tag`. Where
there is none, as between the two ends of a many-to-many relationship, or where there are several,
SQLAlchemy raises when the statement runs: `InvalidRequestError` or `AmbiguousForeignKeysError`.

## What to do

Join the relationship (`join(Article.tags)`), or give the condition (`join(Tag, Tag.id == Article.tag_id)`).

## Bad

```python
from sqlalchemy import Column, ForeignKey, Table, select
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
    name: Mapped[str]


class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[Tag]] = relationship(secondary=article_tags)


def tagged(name: str):
    wanted = select(Article).join(Tag)  # error: [sqlalchemy/join-without-path] "no foreign key"
    return wanted.where(Tag.name == name)
```

## Good

```python
from sqlalchemy import Column, ForeignKey, Table, select
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
    name: Mapped[str]


class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[Tag]] = relationship(secondary=article_tags)


def tagged(name: str):
    return select(Article).join(Article.tags).where(Tag.name == name)


def tagged_by_table(name: str):
    return select(Article).join(article_tags).join(Tag).where(Tag.name == name)
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; SQLAlchemy's documentation, "Explicit FROM clauses and JOINs".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Remedy, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.statements.join_paths import (
    asked,
    begun,
    leads_into,
    lefts,
    plain_derived,
    plain_join,
    ways,
)
from archlint.frameworks.sqlalchemy.values.building import JOINS
from archlint.frameworks.sqlalchemy.values.entities import Entities
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project import Project
from archlint.project.flow.trace import Called, Trace
from archlint.remedies import replaced
from archlint.rule import Outcome, Rule, Verdict


class JoinWithoutPath(Rule, frozen=True):
    """Every join that leaves it to SQLAlchemy to find the condition is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Count the foreign keys."""
        mappings, told = project.view(Entities).mappings, set()
        for trace, called in project.view(DataFlow).events(Called):
            if called.name not in JOINS:
                continue
            left, arguments = asked(called)
            statement = begun(left)
            right = plain_join(arguments)
            derived = plain_derived(arguments)
            if statement is not None and derived is not None:
                leads = leads_into(mappings, statement, derived)
                if leads is not False:
                    yield Outcome.UNKNOWN if leads is None else Outcome.KEPT
                elif (trace.module, called.form.line, called.form.column) not in told:
                    told.add((trace.module, called.form.line, called.form.column))
                    yield self._into_subquery(project, trace, called, statement)
                continue
            if statement is None or right is None:
                continue
            count = ways(mappings, statement, right)
            if count is None:
                yield Outcome.UNKNOWN
            elif count == 1:
                yield Outcome.KEPT
            elif (trace.module, called.form.line, called.form.column) not in told:
                told.add((trace.module, called.form.line, called.form.column))
                yield self._found(project, trace, called, statement, right, count)

    def _into_subquery(self, project: Project, trace: Trace, called: Called, statement: Statement) -> Finding:
        left = " or ".join(sorted(f"`{origin.name}`" for origin in lefts(statement)))
        return self.finding(
            spot(project, trace.module, called.form),
            f"no foreign key joins {left} and the columns of this subquery",
            "select the key inside, too, or give the condition as second argument",
            related=related(project, statement.source, "the statement begins here"),
        )

    def _found(
        self, project: Project, trace: Trace, called: Called, statement: Statement, right: From, count: int
    ) -> Finding:
        left = " or ".join(sorted(f"`{origin.name}`" for origin in lefts(statement) - {right}))
        what = "no foreign key joins" if not count else "several foreign keys join"
        return self.finding(
            spot(project, trace.module, called.form),
            f"{what} {left} and `{right.name}`",
            "join along the relationship, or give the condition as second argument",
            related=related(project, statement.source, "the statement begins here"),
            remedy=_along(project, trace, called, statement, right),
        )


def _along(
    project: Project, trace: Trace, called: Called, statement: Statement, right: From
) -> Remedy | None:
    """The only relationship that leads there."""
    ways = [
        (entity, name)
        for entity in (origin.entity for origin in statement.froms if origin.alias is None)
        for name in (entity.model.relations if entity is not None else ())
        if entity is not None and entity.target(name) is right.entity
    ]
    if len(ways) != 1 or right.entity is None or right.alias is not None or not called.form.arguments:
        return None
    entity, name = ways[0]
    dotted = f"{entity.cls.module.name}.{entity.cls.fact.qualname}"
    at = spot(project, trace.module, called.form.arguments[0])
    return replaced(at, f"{{0}}.{name}", dotted, safe=False)
