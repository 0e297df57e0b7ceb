"""Defaults that are evaluated when the module is imported.

## Why is this bad?

`default=datetime.now()` calls the clock once, when the class is made: every row gets the time at which the
process was started. `default=[]` is one list for all rows: whoever appends to it appends for everybody. As
long as nobody does, it is no more than a note.

## What to do

Pass the function, not its result: `default=datetime.now`, `default=list`; with arguments, a lambda. Or let
the database do it: `server_default=func.now()`. In SQLModel it is `default_factory`.

## Bad

```python
from datetime import datetime

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    placed_at: Mapped[datetime] = mapped_column(
        default=datetime.now(),  # warning: [sqlalchemy/default-evaluated-once] "is evaluated once"
    )
```

## Good

```python
from datetime import datetime, timezone

from sqlalchemy import func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    placed_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(timezone.utc))
    changed_at: Mapped[datetime] = mapped_column(default=func.now(), onupdate=func.now())
```

## Source

"Column INSERT/UPDATE Defaults" in the documentation of SQLAlchemy Core: a default may be a Python
function, which is called for each row.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.facts.expressions import Call, Collection, Expression, Keyword, Mapping
from archlint.facts.forms import parts
from archlint.finding import Act, Remedy, Severity, Step
from archlint.frameworks.places.expressions import begin, end_of
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.tables.words import Column
from archlint.project import External, Module, Project
from archlint.rule import Outcome, Rule, Verdict

_OPTIONS = ("default", "insert_default", "onupdate")
_CHANGING = frozenset(
    {
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "django.utils.timezone.now",
        "os.urandom",
        "random.randint",
        "random.random",
        "secrets.token_hex",
        "secrets.token_urlsafe",
        "time.time",
        "time.time_ns",
        "uuid.uuid1",
        "uuid.uuid4",
    }
)
_MUTABLE = frozenset({"builtins.dict", "builtins.list", "builtins.set"})


class DefaultEvaluatedOnce(Rule, frozen=True):
    """Every column with a default is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the defaults of every column."""
        mappings = project.view(Mappings)
        seen: set[int] = set()
        for table in mappings.catalog:
            for column in table.columns.values():
                if column.call is None or id(column.call) in seen:
                    continue
                seen.add(id(column.call))
                yield from self._look(project, mappings, column)

    def _look(self, project: Project, mappings: Mappings, column: Column) -> Iterator[Verdict]:
        assert column.call is not None
        module = column.module or column.place.module
        for keyword in column.call.keywords:
            if keyword.name not in _OPTIONS:
                continue
            hint = _hint(mappings, module, keyword.value, column)
            if not hint:
                yield Outcome.KEPT
                continue
            is_shared = _is_mutable(mappings, module, keyword.value)
            finding = self.finding(
                project.location(module, keyword.line, keyword.column),
                f"the `{keyword.name}` of `{column.key}` is evaluated once, when the module is imported"
                + (", and shared by all new objects" if is_shared else ""),
                hint,
                remedy=_remedy(project, module, keyword, column),
            )
            yield replace(finding, severity=Severity.NOTE) if is_shared else finding


def _is_mutable(mappings: Mappings, module: Module, value: Expression) -> bool:
    """Whether it is a list, dict or set: that does no harm until somebody changes it in place."""
    if isinstance(value, (Collection, Mapping)):
        return True
    answer = mappings.names.resolve(module, "", value.function) if isinstance(value, Call) else None
    return isinstance(answer, External) and answer.name in _MUTABLE


def _remedy(project: Project, module: Module, keyword: Keyword, column: Column) -> Remedy | None:
    """The function itself, or a lambda that makes the value."""
    value = keyword.value
    if column.maker == "Field" and keyword.name != "default":
        return None
    if isinstance(value, Call) and not value.arguments and not value.keywords:
        step = Step(Act.UNCALL, end_of(project, module, value))
    elif isinstance(value, (Collection, Mapping)) and not tuple(parts(value)):
        kind = value.kind if isinstance(value, Collection) else "dict"
        step = Step(Act.REPLACE, end_of(project, module, value), kind)
    else:
        step = Step(Act.INSERT, project.location(module, *begin(value)), "lambda: ")
    if column.maker != "Field":
        return Remedy((step,))
    end = keyword.column + len(keyword.name)
    named = project.location(module, keyword.line, keyword.column, keyword.line, end)
    return Remedy((Step(Act.RESPELL, named, "default_factory", "default"), step))


def _hint(mappings: Mappings, module: Module, value: Expression, column: Column) -> str:
    """What to write instead; empty where the value is harmless.

    SQLModel copies lists and dicts, and so may types that are not SQLAlchemy's own.
    """
    is_field = column.maker == "Field"
    is_copied = is_field or not column.type.startswith("sqlalchemy.") or column.type.endswith("as_mutable")
    if isinstance(value, (Collection, Mapping)):
        kind = value.kind if isinstance(value, Collection) else "dict"
        if kind == "tuple" or is_copied:
            return ""
        return "make it anew for each: `lambda: …`" if tuple(parts(value)) else f"pass the function: `{kind}`"
    if not isinstance(value, Call):
        return ""
    answer = mappings.names.resolve(module, "", value.function)
    if not isinstance(answer, External):
        return ""
    if answer.name in _MUTABLE:
        return "" if is_copied else f"pass the function: `{answer.name.rpartition('.')[2]}`"
    if answer.name not in _CHANGING:
        return ""
    return "use `default_factory`" if is_field else "pass the function itself, or a lambda that calls it"
