"""`__table_args__` that are no tuple.

## Why is this bad?

`__table_args__` is a tuple of constraints and indexes, with the options as a dict at its end, or only that.
Parentheses around a single constraint make no tuple, and a list is none: SQLAlchemy raises `ArgumentError` as
soon as the module is imported.

## What to do

Write a comma behind a single constraint, and put the dict last.

## Bad

```python
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("number"))  # error: [sqlalchemy/malformed-table-args] "no tuple"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class Item(Base):
    __tablename__ = "items"
    __table_args__ = (  # error: [sqlalchemy/malformed-table-args] "must be the last"
        {"schema": "shop"},
        UniqueConstraint("name"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
```

## Good

```python
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class Item(Base):
    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("name"), {"schema": "shop"})
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
```

## Source

https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#declarative-table-configuration
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, Collection, Expression, Literal, Mapping
from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_ARGS = "__table_args__"
_MAKERS = frozenset(
    {"CheckConstraint", "ForeignKeyConstraint", "Index", "PrimaryKeyConstraint", "UniqueConstraint"}
)


class MalformedTableArgs(Rule, frozen=True):
    """Every `__table_args__` that the body of a mapped class gives a value is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look what they are."""
        mappings = project.view(Mappings)
        for mapped in mappings.classes():
            declared = mappings.body(mapped.cls).attributes.get(_ARGS)
            if declared is None or declared.value is None or mapped.table is None:
                continue
            problem = _problem(mappings, mapped, declared.value)
            if problem is None:
                yield Outcome.KEPT
                continue
            yield self.finding(location(project, declared.place), *problem)


def _problem(mappings: Mappings, mapped: MappedClass, value: Expression) -> tuple[str, str] | None:
    if isinstance(value, Collection) and value.kind == "tuple":
        is_early = any(isinstance(each, Mapping) for each in value.items[:-1])
        what = f"the dict of `{_ARGS}` must be the last of the tuple"
        return (what, "move it to the end") if is_early else None
    if isinstance(value, Collection) or (isinstance(value, Literal) and value.value is not None):
        return f"`{_ARGS}` is no tuple and no dict", "write a tuple, with the options as a dict at its end"
    if isinstance(value, Call) and _makes_part(mappings, mapped, value):
        return f"`{_ARGS}` is no tuple: parentheses alone make none", "write a comma behind the constraint"
    return None


def _makes_part(mappings: Mappings, mapped: MappedClass, call: Call) -> bool:
    scope = mapped.cls.fact.qualname.rpartition(".")[0]
    return mappings.names.construct(mapped.cls.module, scope, call.function) in _MAKERS
