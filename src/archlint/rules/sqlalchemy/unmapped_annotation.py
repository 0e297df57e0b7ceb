"""Annotations of mapped attributes without `Mapped[...]`.

## Why is this bad?

In SQLAlchemy 2, an attribute that is given by `mapped_column()` or `relationship()`, or by its annotation
alone, must be annotated with `Mapped[...]`. With `id: int = mapped_column()`, importing the module fails with
`MappedAnnotationError` (`ArgumentError` before 2.0.4).

## What to do

Write `Mapped[int]`. An annotation that is meant for type checkers only goes into `ClassVar[...]`; a base
whose classes are not yet ready sets `__allow_unmapped__ = True`.

## Bad

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: str = mapped_column()  # error: [sqlalchemy/unmapped-annotation] "without `Mapped`"
```

## Good

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    greeting: str = "hello"
```

## Source

SQLAlchemy's error message "zlpr", "Type annotation can't be interpreted …".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.unmapped import unmapped_annotations
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnmappedAnnotation(Rule, frozen=True):
    """Every annotated attribute of a mapped class is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the annotations in the bodies of mapped classes."""
        mappings, told = project.view(Mappings), set()
        for mapped in mappings.classes():
            for name, place, is_mapped in unmapped_annotations(mappings, mapped):
                if is_mapped is not False:
                    yield Outcome.KEPT if is_mapped else Outcome.UNKNOWN
                    continue
                if place in told:
                    continue
                told.add(place)
                yield self.finding(
                    location(project, place),
                    f"`{mapped.cls.fact.name}.{name}` is annotated without `Mapped`",
                    "write `Mapped[...]` around the annotation",
                )
