"""Attributes that a mapped class does not have.

## Why is this bad?

`Order.nubmer` in a query raises `AttributeError` as soon as the line runs, and so does `order.nubmer` on an
object. Tests that never come by that line do not see it.

## What to do

Use the name that the mapping declares, or declare the column or relationship. Names that a `backref` or a
mixin adds are known. For an object known only by its annotation, the finding is a warning. Classes
with attributes that cannot be seen (reflection, unknown bases) are left alone.

## Bad

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


def numbered(number: str):
    return select(Order).where(Order.nubmer == number)  # error: [sqlalchemy/unknown-attribute] "no attribute"
```

## Good

```python
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


def numbered(number: str):
    return select(Order).where(Order.number == number)
```

## Source

Verified with SQLAlchemy 2.0 and 2.1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Confidence, Finding, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.asked.attributes import Asked, AskedAttributes
from archlint.frameworks.sqlalchemy.asked.columns import AskedColumn, asked_columns
from archlint.frameworks.sqlalchemy.places import related
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.guards import is_one_way
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict


class UnknownAttribute(Rule, frozen=True):
    """Every attribute that is read of a mapped class, one of its objects, or of `table.c` is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look every attribute up."""
        told, known = set(), set()
        wrong: list[Asked] = []
        everything = tuple(project.view(AskedAttributes))
        owners: defaultdict[object, set[str]] = defaultdict(set)
        for asked in everything:
            owners[asked.key].add(asked.entity.key)
        for asked in everything:
            if asked.is_known is None:
                yield Outcome.UNKNOWN
            elif asked.is_known:
                known.add(asked.key)
                yield Outcome.KEPT
            else:
                wrong.append(asked)
        for asked in wrong:
            if asked.key in known and _is_doubtful(asked):
                yield Outcome.UNKNOWN
            elif asked.key not in told:
                told.add(asked.key)
                yield self._found(project, asked, is_alone=len(owners[asked.key]) == 1)
        yield from self._of_tables(project)

    def _of_tables(self, project: Project) -> Iterator[Verdict]:
        told = set()
        for asked in asked_columns(project):
            if asked.is_known is not False:
                yield Outcome.KEPT if asked.is_known else Outcome.UNKNOWN
            elif asked.key not in told:
                told.add(asked.key)
                yield self._no_column(project, asked)

    def _no_column(self, project: Project, asked: AskedColumn) -> Finding:
        place, names = spot(project, asked.trace.module, asked.form), asked.columns.names or ()
        table = f"`{asked.columns.name}`" if asked.columns.name else "this subquery"
        otherwise = "declare it, or use one that is there" if asked.place else "select it inside, too"
        return self.finding(
            place,
            f"{table} has no column `{asked.name}`",
            did_you_mean(asked.name, names, otherwise),
            related=related(project, asked.place, f"{table} is defined here") if asked.place else (),
            remedy=respelled(place, asked.name, names),
        )

    def _found(self, project: Project, asked: Asked, *, is_alone: bool) -> Finding:
        """`is_alone` tells whether no other class is asked at the place, which may lack another name."""
        entity = asked.entity
        otherwise = f"declare it on `{entity.name}`, or use what is declared"
        place = spot(project, asked.trace.module, asked.form)
        finding = self.finding(
            place,
            f"`{entity.name}` has no attribute `{asked.name}`",
            did_you_mean(asked.name, entity.mapped_names, otherwise),
            related=related(project, entity.model.place, f"`{entity.name}` is defined here"),
            remedy=respelled(place, asked.name, entity.mapped_names) if is_alone else None,
        )
        if asked.is_sure:
            return finding
        return replace(finding, severity=Severity.WARNING, confidence=Confidence.MEDIUM)


def _is_doubtful(asked: Asked) -> bool:
    """Whether what is right for others is meant for them: callers that pass something else, other heirs."""
    return not asked.is_sure or asked.is_of_heir or is_one_way(asked.trace.module, asked.form.line)
