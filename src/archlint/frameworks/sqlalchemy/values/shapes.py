"""What is asked of results and rows that has another shape than whoever asks takes it for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.members import MAPPINGS, RESULT, ROW, SCALARS
from archlint.frameworks.sqlalchemy.values.queries import Query
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.frameworks.sqlalchemy.values.rows import Row
from archlint.project.flow.trace import Called, Read, Trace
from archlint.project.flow.values import Value, something

if TYPE_CHECKING:
    from archlint.project.project import Project

_MEMBERS = {"rows": RESULT, "scalars": SCALARS, "mappings": MAPPINGS}
_CALLED = {
    "rows": "a result of rows",
    "scalars": "a result of `scalars()`",
    "mappings": "a result of `mappings()`",
}
_OF_RESULTS = frozenset({"scalars", "scalar_one", "scalar_one_or_none", "unique", "mappings", "fetchall"})
"""What a legacy query does not have, and a result does."""


@dataclass(frozen=True, slots=True)
class Misshapen:
    """One attribute that is not there."""

    trace: Trace
    form: Attribute | Call
    name: str
    of: str
    """What it is asked of, in words."""

    hint: str

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What tells places from each other, in however many runs they are met."""
        return self.trace.module.path, self.form.line, self.form.column, self.name


def asked_of_results(project: Project) -> Iterator[Misshapen | None]:
    """Everything that is asked of results and rows; None for what they have."""
    flow = project.view(DataFlow)
    for trace, read in flow.events(Read):
        yield from _asked(trace, read.form, read.receiver, read.name)
    for trace, called in flow.events(Called):
        if called.receiver is not None:
            yield from _asked(trace, called.form, called.receiver, called.name)


def _asked(trace: Trace, form: Attribute | Call, receiver: Value, name: str) -> Iterator[Misshapen | None]:
    options = tuple(something(receiver))
    if len(options) != 1 or name.startswith("_"):
        return
    value = options[0]
    if isinstance(value, Row):
        yield _of_row(trace, form, value, name)
    elif isinstance(value, Result):
        known = _MEMBERS[value.shape]
        hint = f"use one of its methods: `{'`, `'.join(sorted(_near(known, value.shape)))}`"
        yield None if name in known else Misshapen(trace, form, name, _CALLED[value.shape], hint)
    elif isinstance(value, Query) and name in _OF_RESULTS:
        hint = "a query runs itself: use `all()`, `first()`, `one()` or `one_or_none()`"
        yield Misshapen(trace, form, name, "a `Query`", hint)


def _of_row(trace: Trace, form: Attribute | Call, row: Row, name: str) -> Misshapen | None:
    if name in ROW or name in row.names or not row.is_whole or not all(row.names):
        return None
    names = ", ".join(f"`{each}`" for each in row.names)
    return Misshapen(
        trace, form, name, "a row", f"a row has {names}; `scalars()` gives the objects themselves"
    )


def _near(known: frozenset[str], shape: str) -> list[str]:
    return sorted(known & {"all", "first", "one", "one_or_none"}) + (["scalars"] if shape == "rows" else [])
