"""Columns and relationships called `metadata` or `registry`.

## Why is this bad?

Every declarative class has these two attributes: its collection of tables, and the registry it belongs to. A
column or relationship of that name takes their place. SQLAlchemy up to 2.0 refuses `metadata` with
`InvalidRequestError`; 2.1 warns of both, and `Model.metadata.create_all(...)` then asks a column.

## What to do

Give the attribute another name; the column in the database can keep its own:
`details: Mapped[dict] = mapped_column("metadata", JSON)`.

## Bad

```python
from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Upload(Base):
    __tablename__ = "uploads"
    id: Mapped[int] = mapped_column(primary_key=True)
    metadata: Mapped[dict] = mapped_column(JSON)  # warning: [sqlalchemy/reserved-attribute] "metadata"
```

## Good

```python
from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Upload(Base):
    __tablename__ = "uploads"
    id: Mapped[int] = mapped_column(primary_key=True)
    details: Mapped[dict] = mapped_column("metadata", JSON)
```

## Source

The error "Attribute name 'metadata' is reserved when using the Declarative API", and its successor in
SQLAlchemy 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.project import Project
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.rule import Outcome, Rule, Verdict

_RESERVED = ("metadata", "registry")


class ReservedAttribute(Rule, frozen=True):
    """Every mapped class is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the reserved names among the columns and relationships of every class."""
        for mapped in project.view(Mappings).classes():
            if mapped.is_imperative or mapped.is_abstract:
                continue
            places = {name: each.place for name, each in mapped.columns.items()}
            places.update((name, each.place) for name, each in mapped.relationships.items())
            found = [name for name in _RESERVED if name in places and _is_of_body(project, mapped, name)]
            if not found:
                yield Outcome.KEPT
            for name in found:
                yield self.finding(
                    location(project, places[name]),
                    f"`{mapped.cls.fact.name}.{name}` replaces an attribute that SQLAlchemy needs",
                    f'rename the attribute; the column can stay `"{name}"`',
                )


def _is_of_body(project: Project, mapped: MappedClass, name: str) -> bool:
    """Whether a class declares it, or a base: what is set on it later does no harm any more."""
    return any(
        member.name == name
        for each in project.view(ClassHierarchy).order(mapped.cls)
        if isinstance(each, ProjectClass)
        for member in each.fact.members
    )
