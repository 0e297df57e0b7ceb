"""`update` and `delete` that change every row.

## Why is this bad?

A statement without `where` changes or removes the whole table. Often the condition was meant, and was
forgotten or dropped: `statement.where(…)` gives a new statement, and does not change the old one.

## What to do

Add the condition. Where every row is meant, say so in the name of the function (`delete_all`), suppress the
finding with a reason, or write `where(true())`.

## Bad

```python
from sqlalchemy import ForeignKey, delete
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


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


def clear(session: Session, customer: int) -> None:
    session.execute(delete(Order))  # warning: [sqlalchemy/unrestricted-write] "every row of `Order`"
    session.commit()
```

## Good

```python
from sqlalchemy import ForeignKey, delete
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


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


def clear(session: Session, customer: int) -> None:
    session.execute(delete(Order).where(Order.customer_id == customer))
    session.commit()
```

## Source

SQLAlchemy's documentation, "Using UPDATE and DELETE Statements".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.candidates import is_migration
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.statements.running import run_statements
from archlint.frameworks.sqlalchemy.values.expressions import Selectable
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Trace
from archlint.rule import Outcome, Rule, Verdict

_ALL = frozenset({"all", "everything", "truncate", "wipe"})
_WHOLE = ("clear", "empty", "flush", "prune", "purge", "reset", "teardown", "wipe")
_NOT_TELLING = frozenset(
    {
        *("app", "args", "cls", "config", "conn", "connection", "context", "ctx", "db", "db_session"),
        *("dry_run", "engine", "force", "manager", "options", "request", "self", "session"),
    }
)
"""Names of parameters that say nothing of which rows are meant."""


class UnrestrictedWrite(Rule, frozen=True):
    """Every `update` and `delete` that is run is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a condition."""
        told = set()
        for run in run_statements(project):
            statement, form = run.statement, run.called.form
            verb = run.called.name if statement.kind == "query" else statement.kind
            if verb not in ("update", "delete") or _says_so(run.trace):
                continue
            by_key = (
                verb == "update" and len(run.called.arguments.positional) > 1 and statement.kind == "update"
            )
            if statement.is_restricted or statement.is_limited or statement.joined or by_key:
                yield Outcome.KEPT
                continue
            first = statement.columns[0] if statement.columns else None
            root = first.root if isinstance(first, Selectable) else None
            key = (run.trace.module, form.line, form.column)
            if root is not None and key not in told:
                told.add(key)
                yield self.finding(
                    spot(project, run.trace.module, form),
                    f"this {verb} changes every row of `{root.name}`",
                    "add a condition with `where(…)`",
                    related=related(project, statement.source, "the statement begins here"),
                )


def _says_so(trace: Trace) -> bool:
    """Whether all rows are meant: in tests and migrations, and by `delete_all()`, told of no single one."""
    if is_test(trace.module.path) or is_migration(trace.module):
        return True
    if trace.function is None:
        return False
    fact = trace.function.fact
    name = fact.name.strip("_")
    is_told = any(parameter.name not in _NOT_TELLING for parameter in fact.parameters)
    is_whole = name.startswith(_WHOLE)  # `clear_failed(manager)`, `cleardb()`
    return not is_told and (is_whole or not _ALL.isdisjoint(name.split("_")))
