"""Foreign keys to a table or a column that is not there.

## Why is this bad?

`ForeignKey("users.id")` names the table in the database and the column in it, not the class. If the metadata
has no such table, `create_all`, migrations and the configuration of every relationship that needs the key
fail with `NoReferencedTableError`; a missing column is `NoReferencedColumnError`.

Flask-SQLAlchemy and SQLModel name tables by themselves: class `StockItem` is `stock_item` there, and
`stockitem` here.

## What to do

Write the name of the table, and the name of the column in it.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id"),  # error: [sqlalchemy/unknown-foreign-key-target] "no table `user`"
    )
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
```

## When not to use it

Metadata that is reflected, or has tables whose names nobody can read off the source, is left alone, and so
are migrations: they declare of the tables only what they need.

## Source

"Defining Foreign Keys" in the documentation of SQLAlchemy Core.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.sqlalchemy.candidates import is_migration
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.startup.environments import Environments
from archlint.frameworks.sqlalchemy.tables.catalog import Catalog
from archlint.frameworks.sqlalchemy.tables.words import Reference, Table
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.module import Module
from archlint.remedies import respell, respelled
from archlint.rule import Outcome, Rule, Verdict


class UnknownForeignKeyTarget(Rule, frozen=True):
    """Every foreign key of every table is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what every foreign key names."""
        mappings = project.view(Mappings)
        catalog = mappings.catalog
        for table in catalog:
            for key in table.foreign_keys:
                for column, reference in zip(key.columns, key.references, strict=True):
                    yield from self._look(project, mappings, table, column, reference)

    def _look(
        self, project: Project, mappings: Mappings, table: Table, column: str, reference: Reference
    ) -> Iterator[Verdict]:
        catalog = mappings.catalog
        if not reference.text or _is_of_migrations(project, table.place.module):
            yield Outcome.UNKNOWN
            return
        found = catalog.named(table.metadata, reference.table)
        if not found:
            yield self._without_table(project, catalog, table, reference)
            return
        wanted = reference.column or column
        if any(_has(each, wanted, reference.is_by_name) is not False for each in found):
            yield Outcome.KEPT
            return
        is_another = not found[0].metadata and not catalog.is_closed(table.metadata)
        if is_another or any(mappings.is_open_table(each) for each in found):
            yield Outcome.UNKNOWN
            return
        here = location(project, reference.place)
        yield self.finding(
            here,
            f"table `{reference.table}` has no column `{wanted}`",
            did_you_mean(wanted, found[0].columns, "name a column as it is called in the database"),
            related=(Related(location(project, found[0].place), f"`{reference.table}` is declared here"),),
            remedy=respelled(here, wanted, found[0].columns, nearness=0.7),
        )

    def _without_table(
        self, project: Project, catalog: Catalog, table: Table, reference: Reference
    ) -> Verdict:
        if not catalog.is_closed(table.metadata):
            return Outcome.UNKNOWN
        others = catalog.anywhere(reference.table)
        if others and any(not each.metadata for each in others):
            return Outcome.UNKNOWN
        if others:
            message = (
                f"table `{reference.table}` belongs to another metadata than `{table.key or table.owner}`"
            )
            hint, near = "let both classes inherit from the same base", ""
        else:
            message = f"no table `{reference.table}` in the metadata of `{table.key or table.owner}`"
            near = _by_class(catalog, table.metadata, reference)
            hint = _meant(catalog, table.metadata, reference, near)
        related = tuple(
            Related(location(project, each.place), f"`{each.key}` is declared here") for each in others[:1]
        )
        here = location(project, reference.place)
        remedy = respell(here, reference.table, near) if near else None
        if not near and not others:
            remedy = respelled(here, reference.table, catalog.keys(table.metadata), nearness=0.7)
        return self.finding(here, message, hint, related=related, remedy=remedy)


def _is_of_migrations(project: Project, module: Module) -> bool:
    return is_migration(module) or project.view(Environments).around(module) is not None


def _has(table: Table, column: str, is_by_name: bool) -> bool | None:
    """Whether a table has a column; None where nobody can tell."""
    if table.is_open:
        return None
    if is_by_name:
        return any(each.name == column for each in table.columns.values())
    return column in table.columns


def _by_class(catalog: Catalog, metadata: str, reference: Reference) -> str:
    """The table that is called so but for underscores, or whose class is."""
    plain = reference.table.replace("_", "").lower()
    for key in catalog.keys(metadata):
        owner = catalog.named(metadata, key)[0].owner.rpartition(".")[2]
        if plain in (owner.lower(), key.replace("_", "").lower()):
            return key
    return ""


def _meant(catalog: Catalog, metadata: str, reference: Reference, near: str) -> str:
    """The table that was perhaps meant: by the name of its class, or by a similar name."""
    if near:
        owner = catalog.named(metadata, near)[0].owner.rpartition(".")[2]
        is_class = owner[:1].isupper()
        return f"the table of `{owner}` is called `{near}`" if is_class else f"did you mean `{near}`?"
    return did_you_mean(reference.table, catalog.keys(metadata), "name a table of the same metadata")
