"""Classes that are not mapped, where SQLAlchemy needs a mapped one.

## Why is this bad?

`session.query(Order)` with the schema class `Order` of the same name, `select(OrderIn)`,
`session.get(OrderIn, 1)` and `session.add(OrderIn())` raise as soon as they run: `ArgumentError`,
`NoInspectionAvailable` or `UnmappedInstanceError`. A class of SQLModel without `table=True` is not mapped.

## What to do

Pass the mapped class; make the object of the schema into one of the mapped class first.

## Bad

```python
from pydantic import BaseModel
from sqlalchemy.orm import Session


class OrderIn(BaseModel):
    number: str


def find(session: Session, number: int):
    return session.get(OrderIn, number)  # error: [sqlalchemy/unmapped-entity] "`OrderIn` is not mapped"
```

## Good

```python
from pydantic import BaseModel
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]


class OrderIn(BaseModel):
    number: str


def place(session: Session, order: OrderIn) -> None:
    session.add(Order(number=order.number))
    session.commit()
```

## Source

Verified with SQLAlchemy 2.0 and 2.1, and SQLModel.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.orm import Place
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.asked.unmapped import given_entities
from archlint.frameworks.sqlalchemy.places import related
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnmappedEntity(Rule, frozen=True):
    """Every class or object that is given to `select`, `query`, `get` or `add` is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask whether it is mapped."""
        told = set()
        for given in given_entities(project):
            if given.is_mapped is not False:
                yield Outcome.KEPT if given.is_mapped else Outcome.UNKNOWN
                continue
            key = (given.trace.module, given.form.line, given.form.column)
            if key not in told:
                told.add(key)
                cls, at = given.cls, spot(project, given.trace.module, given.form)
                if cls is None:
                    wanted = "a mapped class" if given.is_class else "one object of a mapped class"
                    yield self.finding(at, f"this is {given.what}, not {wanted}", f"pass {wanted}")
                    continue
                place = Place(cls.module, cls.fact.line, cls.fact.column)
                yield self.finding(
                    at,
                    f"`{cls.fact.name}` is not mapped to a table",
                    "pass a mapped class"
                    if given.is_class
                    else "make an object of a mapped class of it first",
                    related=related(project, place, f"`{cls.fact.name}` is defined here"),
                )
