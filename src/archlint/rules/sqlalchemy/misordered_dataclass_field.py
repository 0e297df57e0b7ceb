"""Attributes of mapped dataclasses that have no default, behind some that have one.

## Why is this bad?

The constructor of a dataclass takes its attributes in the order of the class, those of its bases first, and
Python wants parameters without a default in front. SQLAlchemy cannot make the class: `InvalidRequestError`,
"non-default argument follows default argument", when the module is imported.

## What to do

Move the attribute up, give it a default, leave it out of the constructor with `init=False`, or have all
attributes taken as keywords: `class Base(MappedAsDataclass, DeclarativeBase, kw_only=True)`.

## Bad

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    paid: Mapped[bool] = mapped_column(default=False)
    number: Mapped[str]  # error: [sqlalchemy/misordered-dataclass-field] "`number` has no default"
```

## Good

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    number: Mapped[str]
    paid: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(kw_only=True)
```

## Source

https://docs.sqlalchemy.org/en/20/orm/dataclasses.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.asked.constructors import is_mapped_as_dataclass
from archlint.frameworks.sqlalchemy.asked.dataclass_parameters import parameters
from archlint.frameworks.sqlalchemy.mapping.elided import is_cut
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location, related
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MisorderedDataclassField(Rule, frozen=True):
    """Every mapped dataclass is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for an attribute without a default behind one that has it."""
        mappings = project.view(Mappings)
        told = set()
        for mapped in mappings.classes():
            if not is_mapped_as_dataclass(mappings.lineage, mapped.cls):
                continue
            found = parameters(mappings, mapped)
            if found is None or is_cut(project, mapped.cls):
                yield Outcome.UNKNOWN
                continue
            ordered = [each for each in found if not each.is_by_name]
            before = next((each for each in ordered if each.has_default), None)
            behind = ordered[ordered.index(before) :] if before is not None else []
            late = next((each for each in behind if not each.has_default), None)
            if before is None or late is None:
                yield Outcome.KEPT
            elif late.place not in told:
                told.add(late.place)
                yield self.finding(
                    location(project, late.place),
                    f"`{late.name}` has no default, and `{before.name}` in front of it has one",
                    "move it up, give it a default or `init=False`, or set `kw_only=True`",
                    related=related(project, before.place, f"`{before.name}` has a default"),
                )
