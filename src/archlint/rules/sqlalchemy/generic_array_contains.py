"""`contains` on a generic `ARRAY`.

## Why is this bad?

`sqlalchemy.ARRAY` knows only what arrays of all databases have in common. Its `contains` raises
`NotImplementedError` when the query is built, and `overlap` and `contained_by` are not there; only
`postgresql.ARRAY` has the operators of PostgreSQL. A `TypeDecorator`, a variant and a type that tracks
changes have the operators of the type they wrap.

## What to do

Import `ARRAY` from `sqlalchemy.dialects.postgresql`. To look for one element, `any_(Model.tags) == "x"` works
with either.

## Bad

```python
from sqlalchemy import ARRAY, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[str]] = mapped_column(ARRAY(String))


def tagged(tag: str):
    return select(Article).where(
        Article.tags.contains([tag]),  # error: [sqlalchemy/generic-array-contains] "is a generic `ARRAY`"
    )
```

## Good

```python
from sqlalchemy import String, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Article(Base):
    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[str]] = mapped_column(ARRAY(String))


def tagged(tag: str):
    return select(Article).where(Article.tags.contains([tag]))
```

## Source

The documentation of `sqlalchemy.types.ARRAY`, which points to `postgresql.ARRAY`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Act, Finding, Location, Related, Severity
from archlint.frameworks.sqlalchemy.column_uses import ColumnCall, calls_on_columns
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.statements.one_way import problems
from archlint.frameworks.sqlalchemy.tables.words import Column
from archlint.project import Project
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict

_GENERIC = frozenset(
    {"sqlalchemy.ARRAY", "sqlalchemy.types.ARRAY", "sqlalchemy.sql.sqltypes.ARRAY", "sqlmodel.ARRAY"}
)
_DIALECT = "sqlalchemy.dialects.postgresql.ARRAY"
_MISSING = frozenset({"contains", "contained_by", "overlap"})


class GenericArrayContains(Rule, frozen=True):
    """Every `contains` of a mapped column is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the operators of arrays that are called on columns."""
        used = calls_on_columns(project, _MISSING)
        met = ((use.trace, use.form, use if _is_generic(use.column) else None) for use in used)
        for found in problems(project, met):
            if isinstance(found, bool):
                yield Outcome.KEPT if found else Outcome.UNKNOWN
            else:
                yield self._found(project, *found)

    def _found(self, project: Project, place: Location, use: ColumnCall) -> Finding:
        declared = Related(location(project, use.column.place), "the column is declared here")
        is_written_there = use.column.type in _GENERIC
        remedy = stepped(Act.RETARGET, declared.location, "", "ARRAY", _DIALECT)
        return self.finding(
            place,
            f"`{use.written}` is a generic `ARRAY`, which has no `{use.method}`",
            "import `ARRAY` from `sqlalchemy.dialects.postgresql`",
            related=(declared,),
            remedy=remedy if is_written_there else None,
        )


def _is_generic(column: Column) -> bool:
    return (column.operators or column.type) in _GENERIC
