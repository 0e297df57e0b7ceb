"""An Alembic environment that knows no tables.

## Why is this bad?

`alembic revision --autogenerate` compares the database with `target_metadata`. Alembic's template sets it to
None, and the command refuses: "environment script does not provide a MetaData object". A metadata that is
made in `env.py` itself is empty: then the command drops every table that the application has.

## What to do

Import the base of the models into `env.py`, with the modules that declare them, and set
`target_metadata = Base.metadata`.

## Bad

`app/models.py`:

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
```

`alembic/env.py`:

```python
from alembic import context

target_metadata = None  # warning: [sqlalchemy/empty-target-metadata] "knows none of the tables"


def run_migrations_online(connection) -> None:
    context.configure(connection=connection, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()
```

## Good

`app/models.py`:

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
```

`alembic/env.py`:

```python
from alembic import context

from app.models import Base

target_metadata = Base.metadata


def run_migrations_online(connection) -> None:
    context.configure(connection=connection, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()
```

## When not to use it

Where migrations that create tables are there already, they may be written by hand, and nothing is said of
None.

## Source

"Auto Generating Migrations" in the documentation of Alembic.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, Expression, Literal, Name
from archlint.facts.statements import Assign
from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.candidates import is_migration
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.startup.environments import Environments
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.module import Module
from archlint.rule import Outcome, Rule, Verdict


class EmptyTargetMetadata(Rule, frozen=True):
    """Every `target_metadata` of an Alembic environment is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what it is set to."""
        for module in project.view(Environments).all:
            for statement in module.body:
                if not isinstance(statement, Assign) or not _is_target(statement):
                    continue
                mappings = project.view(Mappings)
                is_empty = _is_empty(mappings, module, statement.value)
                if not is_empty or not _has_tables(mappings):
                    yield Outcome.KEPT
                elif isinstance(statement.value, Literal) and _creates_by_hand(project):
                    yield Outcome.UNKNOWN
                else:
                    yield self.finding(
                        project.location(module, statement.line, 0),
                        "Alembic knows none of the tables: it cannot tell what is to be migrated",
                        "import the models and set `target_metadata = Base.metadata`",
                    )


def _is_target(statement: Assign) -> bool:
    return any(isinstance(target, Name) and target.id == "target_metadata" for target in statement.targets)


def _is_empty(mappings: Mappings, module: Module, value: Expression) -> bool:
    if isinstance(value, Literal):
        return value.value is None
    is_call = isinstance(value, Call) and not value.arguments
    return is_call and mappings.names.construct(module, "", value.function) == "MetaData"  # type: ignore[union-attr]


def _has_tables(mappings: Mappings) -> bool:
    modules = (table.place.module for table in mappings.catalog if table.key)
    return any(not is_test(module.path) and not is_migration(module) for module in modules)


def _creates_by_hand(project: Project) -> bool:
    """Whether some migration creates a table already."""
    return any(
        module.mentions(function, "create_table")
        for module in project.modules
        if is_migration(module)
        for function in module.functions
    )
