"""Relationships between classes that several foreign keys join.

## Why is this bad?

With two foreign keys between two tables, `billing_id` and `shipping_id`, a relationship does not know which
one it goes by. The mappers cannot be configured: `AmbiguousForeignKeysError` at the first query
of any class. Each side needs to be told, also where `back_populates` joins them.

## What to do

Name the column in `foreign_keys`: `relationship(foreign_keys=[billing_id])`, and on the other side
`relationship(foreign_keys="Customer.billing_id")`. With SQLModel it goes into
`sa_relationship_kwargs`.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Address(Base):
    __tablename__ = "addresses"
    id: Mapped[int] = mapped_column(primary_key=True)


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    billing_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    shipping_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    billing = relationship("Address")  # error: [sqlalchemy/ambiguous-foreign-keys] "2 foreign keys"
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Address(Base):
    __tablename__ = "addresses"
    id: Mapped[int] = mapped_column(primary_key=True)


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    billing_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    shipping_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    billing: Mapped[Address] = relationship(foreign_keys=[billing_id])
    shipping: Mapped[Address] = relationship(foreign_keys=[shipping_id])
```

## Source

"Handling Multiple Join Paths" in the documentation of SQLAlchemy's ORM.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.tables.joins import is_joined_by_keys
from archlint.frameworks.sqlalchemy.wording import listed
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class AmbiguousForeignKeys(Rule, frozen=True):
    """Every relationship that says nothing of how it joins is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Count the foreign keys between both sides of every relationship."""
        mappings = project.view(Mappings)
        for owner, relationship in mappings.relationships():
            if not is_joined_by_keys(relationship):
                yield Outcome.KEPT
                continue
            targets = mappings.targets(relationship, owner)
            if len(targets) != 1:
                yield Outcome.UNKNOWN
                continue
            keys = mappings.joins.candidates(owner, targets[0])
            if len(keys) < 2:
                yield Outcome.KEPT
                continue
            yield self.finding(
                location(project, relationship.place),
                f"{len(keys)} foreign keys join `{owner.cls.fact.name}` and `{targets[0].cls.fact.name}`: "
                f"{listed(', '.join(key.columns) for key in keys)}",
                "say in `foreign_keys` which one this relationship goes by",
                related=tuple(
                    Related(location(project, key.references[0].place), "one of them is declared here")
                    for key in keys
                ),
            )
