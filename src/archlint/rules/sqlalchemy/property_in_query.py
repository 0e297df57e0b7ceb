"""Properties of Python in queries.

## Why is this bad?

Asked of the class, a `property` is the property itself, and no column. Compared with `==` it is different
from everything, so that the condition becomes `false` and the query returns no row; `!=` leaves out none.
Neither raises. `order_by`, `select` and the methods of columns do: `ArgumentError`, `AttributeError`,
`TypeError`.

## What to do

Make it a `hybrid_property`, with an expression for queries where its body does not make one; or write what it
computes with the columns.

## Bad

```python
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str]
    last: Mapped[str]

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


def named(name: str):
    return select(Person).where(Person.name == name)  # error: [sqlalchemy/property-in-query] "`Person.name`"


def ordered():
    return select(Person).order_by(Person.name)  # error: [sqlalchemy/property-in-query] "`Person.name`"
```

## Good

```python
from sqlalchemy import select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str]
    last: Mapped[str]

    @hybrid_property
    def name(self) -> str:
        return self.first + " " + self.last

    @property
    def initials(self) -> str:
        return self.first[0] + self.last[0]


def named(name: str):
    return select(Person).where(Person.name == name).order_by(Person.name)


def signed(people: list[Person]) -> list[str]:
    return [person.initials for person in people if person.initials != "XX"]
```

## Source

https://docs.sqlalchemy.org/en/20/orm/extensions/hybrid.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import place
from archlint.frameworks.sqlalchemy.asked.properties_in_queries import properties_in_queries
from archlint.frameworks.sqlalchemy.places import related
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_COMPUTED = (
    "property that Python computes",
    "make it a `hybrid_property`, or write what it computes with the columns",
)
_TEXT = (
    "text that Python puts together",
    "give the hybrid an `expression`, or let it add columns: `self.first + self.last`",
)


class PropertyInQuery(Rule, frozen=True):
    """Every attribute of a mapped class that is compared, and every property in a query, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for properties where queries have columns."""
        told = set()
        for spoken in properties_in_queries(project):
            if spoken is None:
                yield Outcome.KEPT
                continue
            at, of = place(spoken.form), spoken.of
            key = (spoken.trace.module.path, *at)
            if key in told:
                continue
            told.add(key)
            name = f"`{of.model}.{of.name}`"
            what, hint = _TEXT if of.is_text else _COMPUTED
            outcome = ": the condition is the same for every row" if spoken.is_compared else ""
            yield self.finding(
                project.location(spoken.trace.module, *at),
                f"{name} is a {what}, and no column{outcome}",
                hint,
                related=related(project, of.place, f"{name} is defined here"),
            )
