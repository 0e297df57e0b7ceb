"""`contains` on a generic `ARRAY`.

## Why is this bad?

`sqlalchemy.ARRAY` knows only what arrays of all databases have in common. Its `contains` raises
`NotImplementedError`, when the query is built; only `postgresql.ARRAY` has the operators of PostgreSQL.

## What to do

Import `ARRAY` from `sqlalchemy.dialects.postgresql`. To look for one element, `Model.tags.any("x")` works
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

from archlint.finding import Act, Related, Severity
from archlint.frameworks.sqlalchemy.column_uses import calls_on_columns
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location, place_of
from archlint.project import Project
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict

_GENERIC = frozenset(
    {"sqlalchemy.ARRAY", "sqlalchemy.types.ARRAY", "sqlalchemy.sql.sqltypes.ARRAY", "sqlmodel.ARRAY"}
)
_DIALECT = "sqlalchemy.dialects.postgresql.ARRAY"
_MISSING = ("contains", "contained_by", "overlap")


class GenericArrayContains(Rule, frozen=True):
    """Every `contains` of a mapped column is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the operators of arrays that are called on columns."""
        mappings = project.view(Mappings)
        for use in calls_on_columns(project, mappings, _MISSING):
            if use.column.type not in _GENERIC:
                yield Outcome.KEPT
                continue
            declared = Related(location(project, use.column.place), "the column is declared here")
            yield self.finding(
                location(project, place_of(use.module, use.call)),
                f"`{use.written}` is a generic `ARRAY`, which has no `{use.method}`",
                "import `ARRAY` from `sqlalchemy.dialects.postgresql`",
                related=(declared,),
                remedy=stepped(Act.RETARGET, declared.location, "", "ARRAY", _DIALECT),
            )
