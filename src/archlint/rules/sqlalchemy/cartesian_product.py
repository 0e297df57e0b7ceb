"""Statements that combine every row of one table with every row of another.

## Why is this bad?

A statement that names two tables and neither joins them nor compares a column of one with a column of the
other returns all pairs: a hundred courses and fifty teachers make five thousand rows, most of them wrong.
SQLAlchemy only warns when it runs ("SELECT statement has a cartesian product between FROM element(s)").
Mostly a `join` was forgotten, or the condition names an alias or a class that is not the joined one.

## What to do

Join along the relationship: `.join(Course.teacher)`, or compare the keys.

## Bad

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Teacher(Base):
    __tablename__ = "teachers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Course(Base):
    __tablename__ = "courses"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id"))
    teacher: Mapped[Teacher] = relationship()


def taught_by(session: Session, name: str) -> list[Course]:
    wanted = select(Course).where(Teacher.name == name)
    return list(session.scalars(wanted))  # warning: [sqlalchemy/cartesian-product] "nothing joins `Course`"
```

## Good

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Teacher(Base):
    __tablename__ = "teachers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Course(Base):
    __tablename__ = "courses"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id"))
    teacher: Mapped[Teacher] = relationship()


def taught_by(session: Session, name: str) -> list[Course]:
    wanted = select(Course).join(Course.teacher).where(Teacher.name == name)
    return list(session.scalars(wanted))
```

## When not to use it

Where all pairs are wanted: join with `true()` as condition, which says so.

## Source

SQLAlchemy's documentation, "What's New in SQLAlchemy 1.4: Built-in FROM linting".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Severity
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.statements.products import Run, statements_run
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class CartesianProduct(Rule, frozen=True):
    """Every statement over several tables that is run is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for tables that stand by themselves."""
        told = set()
        for run in statements_run(project):
            if len(run.groups) < 2:
                yield Outcome.KEPT
            elif run.statement.source not in told:
                told.add(run.statement.source)
                yield self._found(project, run)

    def _found(self, project: Project, run: Run) -> Finding:
        names = sorted(min(each.name for each in group) for group in run.groups)
        listed = " and ".join(f"`{name}`" for name in names)
        return self.finding(
            project.location(run.trace.module, run.line, 0),
            f"nothing joins {listed}: the statement returns every pair of their rows",
            "join them along a relationship, or compare their keys",
            related=related(project, run.statement.source, "the statement begins here"),
        )
