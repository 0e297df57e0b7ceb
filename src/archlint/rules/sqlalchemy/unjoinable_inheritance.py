"""Classes with a table of their own that nothing joins to the table of their parent.

## Why is this bad?

A mapped class that inherits from another one and names a table has its columns in both, which SQLAlchemy
joins by a foreign key between the two. Without one, or with several, it does not know how:
`NoForeignKeysError` or `AmbiguousForeignKeysError` when the module is imported.

## What to do

Make the primary key of the class a `ForeignKey` to that of its parent. Where there are several foreign
keys, say in `__mapper_args__` by which the rows belong together: `"inherit_condition": id == Parent.id`. A
class that is to stay in the table of its parent has no `__tablename__`; one that only shares columns
inherits them from a mixin.

## Bad

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Vehicle(Base):
    __tablename__ = "vehicles"
    id: Mapped[int] = mapped_column(primary_key=True)


class Truck(Vehicle):  # error: [sqlalchemy/unjoinable-inheritance] "no foreign key joins `trucks`"
    __tablename__ = "trucks"
    id: Mapped[int] = mapped_column(primary_key=True)
    load: Mapped[int]
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Vehicle(Base):
    __tablename__ = "vehicles"
    id: Mapped[int] = mapped_column(primary_key=True)


class Truck(Vehicle):
    __tablename__ = "trucks"
    id: Mapped[int] = mapped_column(ForeignKey("vehicles.id"), primary_key=True)
    load: Mapped[int]
```

## Source

https://docs.sqlalchemy.org/en/20/orm/inheritance.html#joined-table-inheritance
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.elided import is_cut
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.mapper_args import items_of
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.project import Project
from archlint.project.names.name_places import name_place
from archlint.rule import Outcome, Rule, Verdict

_SAYING = frozenset({"concrete", "inherit_condition"})
"""Arguments of a mapper that say how a class goes with its parent."""


class UnjoinableInheritance(Rule, frozen=True):
    """Every mapped class with a table of its own that inherits from another one is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the foreign key between the two tables."""
        mappings = project.view(Mappings)
        for mapped in mappings.classes():
            tables = mappings.joins.tables(mapped)
            if mapped.is_abstract or mapped.parent is None or mapped.table is None or len(tables) < 2:
                continue
            given = {name for name, _ in items_of(mapped.meta.get("__mapper_args__"))}
            if not _SAYING.isdisjoint(given):
                yield Outcome.KEPT
                continue
            own, above = tables[:1], tables[1:2]
            there, is_known = mappings.joins.between(own, above)
            back, is_known_back = mappings.joins.between(above, own)
            ways = {(each.columns, each.references[0].text) for each in (*there, *back)}
            if not (own[0].key and above[0].key):
                yield Outcome.UNKNOWN  # it may have no table of its own
            elif len(ways) == 1 or own[0].key == above[0].key:
                yield Outcome.KEPT
            elif not (is_known and is_known_back) or _is_unsure(mapped, given) or is_cut(project, mapped.cls):
                yield Outcome.UNKNOWN
            else:
                fact = mapped.cls.fact
                count = f"{len(ways)} foreign keys join" if ways else "no foreign key joins"
                yield self.finding(
                    name_place(project, mapped.cls.module, fact.name, fact.line, fact.column),
                    f"{count} `{own[0].key}` to `{above[0].key}`, which `{fact.name}` inherits from",
                    'say by which rows belong together: `__mapper_args__ = {"inherit_condition": …}`'
                    if ways
                    else f"make its primary key a `ForeignKey` to that of `{above[0].key}`",
                )


def _is_unsure(mapped: MappedClass, given: set[str]) -> bool:
    """Whether the mapper may be told more, or is SQLModel's, whose classes inherit in their own way."""
    is_sqlmodel = mapped.registry is None or mapped.registry.naming == "lower"
    is_told_elsewhere = "__mapper_args__" in mapped.attributes and "__mapper_args__" not in mapped.meta
    return mapped.is_open or is_sqlmodel or is_told_elsewhere or "" in given
