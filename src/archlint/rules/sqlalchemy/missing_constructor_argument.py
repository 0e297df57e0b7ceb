"""Objects of mapped dataclasses that are made without an attribute that has no default.

## Why is this bad?

The constructor of a mapped dataclass wants every attribute that has neither a default nor `init=False`, the
primary key, foreign keys and columns that may be null among them: `Mapped[str | None]` is no default, and
neither are `insert_default` and `server_default`, which are for the database. Without one the call raises
`TypeError`.

## What to do

Pass it, or declare it with `default=None`, `default_factory=list` or `init=False`.

## Bad

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    number: Mapped[str]
    note: Mapped[str | None]


def make(number: str) -> Order:
    return Order(number=number)  # error: [sqlalchemy/missing-constructor-argument] "`note`"
```

## Good

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    number: Mapped[str]
    note: Mapped[str | None] = mapped_column(default=None)


def make(number: str) -> Order:
    return Order(number=number)
```

## Source

https://docs.sqlalchemy.org/en/20/orm/dataclasses.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Starred
from archlint.finding import Severity
from archlint.frameworks.data_flow import DataFlow, call_of
from archlint.frameworks.places.expressions import place
from archlint.frameworks.sqlalchemy.asked.constructors import is_mapped_as_dataclass
from archlint.frameworks.sqlalchemy.asked.dataclass_parameters import Parameter, parameters
from archlint.frameworks.sqlalchemy.mapping.elided import is_cut
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.project import Project
from archlint.project.flow.trace import Called, Trace
from archlint.rule import Outcome, Rule, Verdict

_EXPECTING = ("TypeError", "Exception", "BaseException")


class MissingConstructorArgument(Rule, frozen=True):
    """Every call of a mapped dataclass is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare what the call passes with what the constructor wants."""
        mappings = project.view(Mappings)
        told = set()
        for trace, called in project.view(DataFlow).events(Called):
            callee = called.callee
            if not isinstance(callee, ModelClass) or not _is_dataclass(mappings, callee):
                continue
            taken = parameters(mappings, callee.entity.mapped)
            is_spread = called.arguments.is_open or any(isinstance(a, Starred) for a in called.form.arguments)
            is_tried = any(each.endswith(_EXPECTING) or not each for each in called.context.caught)
            if taken is None or is_spread or is_tried:
                yield Outcome.UNKNOWN
                continue
            missing = _missing(taken, called)
            if not missing or is_cut(project, callee.entity.cls):
                yield Outcome.KEPT
                continue
            at, call = _first_of(trace, called)
            key = (at.module.path, *place(call.form))
            if key in told:
                continue
            told.add(key)
            names = ", ".join(f"`{each.name}`" for each in missing)
            yield self.finding(
                project.location(at.module, *place(call.form)),
                f"the constructor of `{callee.entity.name}` wants {names}, which this call does not pass",
                "pass it, or declare it with a `default` or `init=False`",
                related=related(project, missing[0].place, f"`{missing[0].name}` has no default"),
            )


def _is_dataclass(mappings: Mappings, callee: ModelClass) -> bool:
    return is_mapped_as_dataclass(mappings.lineage, callee.entity.cls)


def _first_of(trace: Trace, called: Called) -> tuple[Trace, Called]:
    """The call whose arguments are handed on by `**`: it is for that to pass more."""
    while trace.caller is not None and any(not keyword.name for keyword in called.form.keywords):
        outer = call_of(trace)
        if outer is None:
            break
        trace, called = trace.caller[0], outer
    return trace, called


def _missing(taken: tuple[Parameter, ...], called: Called) -> list[Parameter]:
    """The parameters without a default that a call says nothing for."""
    by_place = [each.name for each in taken if not each.is_by_name]
    given = {*by_place[: len(called.arguments.positional)], *(name for name, _ in called.arguments.named)}
    given.update(keyword.name for keyword in called.form.keywords)
    return [each for each in taken if not each.has_default and each.name not in given]
