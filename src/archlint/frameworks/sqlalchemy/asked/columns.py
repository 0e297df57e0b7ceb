"""Every column that is asked of a table of Core, or of a subquery."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import place
from archlint.frameworks.sqlalchemy.values.columns import Columns, DerivedColumns
from archlint.frameworks.sqlalchemy.values.entities import Entities
from archlint.project.flow.trace import Read, Subscripted, Trace
from archlint.project.flow.values import Constant, something

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.project.project import Project

_MEMBERS = frozenset(
    {
        "add",
        "as_readonly",
        "clear",
        "compare",
        "contains_column",
        "corresponding_column",
        "extend",
        "get",
        "items",
        "keys",
        "remove",
        "update",
        "values",
    }
)
"""What a collection of columns has besides them."""

_EXPECTING = ("AttributeError", "KeyError", "LookupError", "Exception", "BaseException")


class AskedColumn(msgspec.Struct, frozen=True):
    """One column."""

    trace: Trace
    form: Expression
    columns: Columns | DerivedColumns
    name: str
    is_known: bool | None
    """None where nobody can tell."""

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What tells places from each other, in however many runs they are met."""
        return self.trace.module.path, *place(self.form), self.name

    @property
    def place(self) -> Place | None:
        """Where the table is declared; None for a subquery."""
        table = self.columns.of.table if isinstance(self.columns, Columns) else None
        return table.place if table is not None else None


def asked_columns(project: Project) -> Iterator[AskedColumn]:
    """What is read of `orders.c`, by attribute or by key."""
    flow = project.view(DataFlow)
    grows = any(project.view(Entities).mappings.candidates.mentioning("append_column"))
    events: list[tuple[Trace, Read | Subscripted]] = [*flow.events(Read), *flow.events(Subscripted)]
    for trace, event in events:
        options = tuple(something(event.receiver))
        columns = options[0] if len(options) == 1 else None
        if not isinstance(columns, (Columns, DerivedColumns)):
            continue
        name = _name(event)
        if not name or name in _MEMBERS or name.startswith("__"):
            continue
        is_expected = any(each.endswith(_EXPECTING) or not each for each in event.context.caught)
        known = columns.has(name)
        yield AskedColumn(
            trace, event.form, columns, name, known or (None if grows or is_expected else known)
        )


def _name(event: Read | Subscripted) -> str:
    if isinstance(event, Read):
        return event.name
    key = event.index.value if isinstance(event.index, Constant) else None
    return key if isinstance(key, str) else ""
