"""Text columns without a length, in MySQL.

## Why is this bad?

MySQL and MariaDB have no `VARCHAR` without a length: `create_all` and migrations fail with `CompileError:
VARCHAR requires a length on dialect mysql`. A bare `Mapped[str]` is such a column, too.

## What to do

Say how long the text may be, `String(200)`, or use `Text`.

The database is the one in `[tool.archlint.stack]`, or the only one that engines are made for by literal URLs.

## Bad

```toml
[stack]
database = "mysql"
```

```python
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String)  # error: [sqlalchemy/unsized-string] "`name` has no length"
```

## Good

```toml
[stack]
database = "mysql"
```

```python
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
```

## Source

`String` in the documentation of SQLAlchemy; compiled for every one of its databases.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Call, Name
from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.database import Database
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.tables.words import Column
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict

_SIZED = frozenset({"String", "Unicode", "VARCHAR"})


class UnsizedString(Rule, frozen=True):
    """Every column of every table is a place, where the database is MySQL."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the length of every column of text."""
        mappings = project.view(Mappings)
        if not len(mappings) or project.view(Database).name != "mysql":
            return
        maps_types = project.view(Database).maps_types
        seen: set[tuple[str, int, int]] = set()
        for table in mappings.catalog:
            owner = mappings.mapped(table.owner)
            is_sqlmodel = (
                owner is not None and owner.registry is not None and owner.registry.naming == "lower"
            )
            if is_sqlmodel or is_test(table.place.module.path):
                continue  # SQLModel gives a length of its own
            for column in table.columns.values():
                place = (column.place.module.path, column.place.line, column.place.column)
                is_unsized = _is_unsized(column, maps_types)
                if not is_unsized:
                    yield Outcome.KEPT if is_unsized is False else Outcome.UNKNOWN
                elif place not in seen:
                    seen.add(place)
                    yield self.finding(
                        location(project, column.place),
                        f"column `{column.name}` has no length, which MySQL requires of a `VARCHAR`",
                        "say how long it may be, `String(200)`, or use `Text`",
                    )


def _is_unsized(column: Column, maps_types: bool) -> bool | None:
    """Whether a column is a text of no length; None where nobody can tell."""
    if column.type == "builtins.str":
        return None if maps_types or column.references or _is_typed(column) else True
    root, _, last = column.type.rpartition(".")
    if not root.startswith("sqlalchemy") or "dialects" in root or last not in _SIZED:
        return False
    given = [each for each in _given(column) if _named(each) == last]
    if len(given) != 1:
        return None
    return not isinstance(given[0], Call) or not (given[0].arguments or given[0].keywords)


def _given(column: Column) -> list[object]:
    call = column.call
    if call is None:
        return []
    return [*call.arguments, *(each.value for each in call.keywords if each.name in ("type_", ""))]


def _named(value: object) -> str:
    function = value.function if isinstance(value, Call) else value
    if isinstance(function, Attribute):
        return function.attr
    return function.id if isinstance(function, Name) else ""


def _is_typed(column: Column) -> bool:
    """Whether the call may say another type than the annotation."""
    return bool(_given(column))
