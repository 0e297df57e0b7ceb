"""Calls that are given what SQLAlchemy refuses.

## Why is this bad?

Methods of statements, columns and sessions look at what they are given, and raise: `filter(name="Anna")`
takes no keywords, `where([…])` no list, `in_(1)` no single value, `get(Order, id=1)` no keywords for the key,
`order_by("x")` no name that nothing has, and a `Query` with a limit takes no further condition. A column is
compared with values, not with objects or classes. None of it is seen before the line runs.

## What to do

Give each what it takes.

## Bad

```python
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


def find(session: Session, name: str) -> object:
    if name == "key":
        return session.get(Order, id=1)  # error: [sqlalchemy/refused-argument] "takes no `id=`"
    if name == "number":
        return session.query(Order).filter(number=1)  # error: [sqlalchemy/refused-argument] "no `number=`"
    return session.query(Order).limit(9).filter(Order.id > 1)  # error: [sqlalchemy/refused-argument] "limit"


by_date = select(Order).order_by("placed")  # error: [sqlalchemy/refused-argument] "called `placed`"
by_number = select(Order).order_by(Order.number.desc)  # error: [sqlalchemy/refused-argument] "not called"
one = select(Order).where([Order.id == 1])  # error: [sqlalchemy/refused-argument] "one by one"
some = select(Order).where(Order.id.in_(1))  # error: [sqlalchemy/refused-argument] "a collection"
```

## Good

```python
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


def find(session: Session, name: str) -> object:
    if name == "key":
        return session.get(Order, 1)
    if name == "number":
        return session.query(Order).filter_by(number=1)
    return session.query(Order).filter(Order.id > 1).limit(9)


by_date = select(Order).order_by("number")
by_number = select(Order).order_by(Order.number.desc())
one = select(Order).where(*[Order.id == 1])
some = select(Order).where(Order.id.in_([1]))
```

## Source

https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.statements.one_way import problems
from archlint.frameworks.sqlalchemy.statements.refused_calls import given_to_calls
from archlint.frameworks.sqlalchemy.statements.refused_clauses import refused_by_comparison, refused_clause
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RefusedArgument(Rule, frozen=True):
    """Every call of a statement, a column or a session, and every comparison, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what they are given."""
        given_to = given_to_calls(project, refused_clause, refused_by_comparison)
        met = ((given.trace, given.form, given.problem) for given in given_to)
        for found in problems(project, met):
            if isinstance(found, bool):
                yield Outcome.KEPT if found else Outcome.UNKNOWN
            else:
                place, problem = found
                yield self.finding(place, *problem)
