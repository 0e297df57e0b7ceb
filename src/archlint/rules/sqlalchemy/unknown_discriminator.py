"""Columns that are to tell the classes of a table apart, and are not there.

## Why is this bad?

`polymorphic_on` may be a text: the name of an *attribute* of the class. Where no attribute has that name,
be it misspelled or the name that the column has in the database, the class cannot be mapped:
`ArgumentError` when its module is imported.

## What to do

Write the attribute as the class has it.

## Bad

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Vehicle(Base):
    __tablename__ = "vehicles"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {
        "polymorphic_on": "type",  # error: [sqlalchemy/unknown-discriminator] "`type`"
        "polymorphic_identity": "vehicle",
    }
```

## Good

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Vehicle(Base):
    __tablename__ = "vehicles"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "vehicle"}
```

## Source

https://docs.sqlalchemy.org/en/20/orm/inheritance.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Literal
from archlint.finding import Severity
from archlint.frameworks.places.expressions import text_at
from archlint.frameworks.sqlalchemy.mapping.elided import is_cut
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.mapper_args import own_arguments
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnknownDiscriminator(Rule, frozen=True):
    """Every `polymorphic_on` that is a text is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look the attribute up in the class that is to be told apart by it."""
        mappings = project.view(Mappings)
        for mapped in mappings.classes():
            given = own_arguments(mappings.body(mapped.cls)).get("polymorphic_on")
            if mapped.is_abstract or not isinstance(given, Literal) or not isinstance(given.value, str):
                continue
            if given.value in mapped.columns or given.value in mapped.loaded:
                yield Outcome.KEPT
            elif mapped.is_open or _is_mapped_otherwise(mapped, given.value) or is_cut(project, mapped.cls):
                yield Outcome.UNKNOWN
            else:
                name = mapped.cls.fact.name
                called = [key for key, column in mapped.columns.items() if column.name == given.value]
                otherwise = f"name an attribute of `{name}` that is a column"
                yield self.finding(
                    text_at(project, mapped.cls.module, given),
                    f"`{name}` has no column `{given.value}` to tell its classes apart by",
                    f"did you mean `{called[0]}`?"
                    if called
                    else did_you_mean(given.value, list(mapped.columns), otherwise),
                )


def _is_mapped_otherwise(mapped: MappedClass, name: str) -> bool:
    return name in mapped.properties or name in mapped.relationships
