"""Columns of another class, reached through a relationship of the class.

## Why is this bad?

`Order.customer` in a query stands for the relationship, not for a customer: it has no columns.
`Order.customer.name` raises `AttributeError` as soon as the line runs.

## What to do

Join the relationship and compare the column of the class behind it, or ask with `has()` and `any()`.

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


def of(name: str):
    of_them = Order.customer.name == name  # error: [sqlalchemy/relationship-as-column] "no attribute `name`"
    return select(Order).where(of_them)
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


def of(name: str):
    return select(Order).join(Order.customer).where(Customer.name == name)


def having(name: str):
    return select(Order).where(Order.customer.has(Customer.name == name))
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; SQLAlchemy's documentation, "Relationship Operators".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Act, Finding, Location, Remedy, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.asked.relationship_members import RELATIONSHIP_MEMBERS
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.values.expressions import Attr
from archlint.project import Project
from archlint.project.flow.trace import Called, Read, Trace
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict


class RelationshipAsColumn(Rule, frozen=True):
    """Every attribute that is read of a relationship of a class is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare with what a relationship has."""
        flow, told = project.view(DataFlow), set()
        asked: list[tuple[Trace, Read | Called]] = [*flow.events(Read), *flow.events(Called)]
        for trace, event in asked:
            attr = event.receiver
            if not isinstance(attr, Attr) or attr.relation is None or attr.origin.entity is None:
                continue
            if event.name in RELATIONSHIP_MEMBERS or event.name.startswith("_"):
                yield Outcome.KEPT
                continue
            place = (trace.module, event.form.line, event.form.column, event.name)
            if place not in told:
                told.add(place)
                yield self._found(project, trace, event, attr)

    def _found(self, project: Project, trace: Trace, event: Read | Called, attr: Attr) -> Finding:
        entity = attr.origin.entity
        owner = entity.name if entity is not None else ""
        target = attr.target.name if attr.target is not None else "the class behind it"
        place = attr.relation.place if attr.relation is not None else None
        here = spot(project, trace.module, event.form)
        return self.finding(
            here,
            f"the relationship `{owner}.{attr.name}` has no attribute `{event.name}`",
            f"join `{owner}.{attr.name}` and use `{target}.{event.name}`",
            related=related(project, place, "the relationship is declared here"),
            remedy=_asked_through(here, event, attr),
        )


def _asked_through(here: Location, event: Read | Called, attr: Attr) -> Remedy | None:
    """`has` or `any`, with the condition on the class behind the relationship."""
    target = attr.target.entity if attr.target is not None and attr.target.alias is None else None
    if target is None or attr.relation is None or event.name not in target.mapped_names:
        return None
    dotted = f"{target.cls.module.name}.{target.cls.fact.qualname}"
    is_many = attr.relation.cardinality.is_collection
    return stepped(Act.THROUGH, here, "any" if is_many else "has", "", dotted, safe=not is_many)
