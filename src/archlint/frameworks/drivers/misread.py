"""What is asked of rows that those of their kind do not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.drivers.row_kinds import TITLES, WITH, RowKinds
from archlint.frameworks.drivers.rows import Row
from archlint.frameworks.runs_of_tests import RunsOfTests
from archlint.project.flow.trace import Called, Placed, Read, Subscripted, Trace
from archlint.project.flow.values import Constant, Value, only

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.module import Module
    from archlint.project.project import Project

_EXPECTING: Final = frozenset(
    {"", "AttributeError", "Exception", "IndexError", "KeyError", "LookupError", "TypeError"}
)
"""Handlers that expect the failure."""


class Misread(msgspec.Struct, frozen=True):
    """Something that is asked of a row in vain."""

    module: Module
    row: Row
    message: str
    hint: str


Place = tuple[str, int, int]


def read_rows(project: Project) -> Iterator[tuple[Expression, Misread | None]]:
    """Everything that is asked of rows; None where some way there is with it, or nobody can tell."""
    flow = project.view(DataFlow)
    found: dict[Place, list[tuple[Expression, Misread | None]]] = {}
    for kind in (Called, Read, Subscripted, Placed):
        for trace, event in flow.events(kind):
            if isinstance(event, (Called, Read, Subscripted, Placed)) and event.receiver is not None:
                form = event.form
                key = (trace.module.path, getattr(form, "line", 0), getattr(form, "column", 0))
                if key in found or _rows(event.receiver):
                    found.setdefault(key, []).append((form, _misread(project, trace, event)))
    for ways in found.values():
        wrong = next((way for way in ways if way[1] is None), ways[0])
        yield wrong


def _rows(value: Value) -> tuple[Row, ...]:
    return only(value, Row)


def _misread(project: Project, trace: Trace, event: Called | Read | Subscripted | Placed) -> Misread | None:
    rows = _rows(event.receiver) if event.receiver is not None else ()
    if not rows or not _EXPECTING.isdisjoint(each.rpartition(".")[2] for each in event.context.caught):
        return None
    kinds = {kind for row in rows for kind in project.view(RowKinds).of(row) or ("",)}
    told = [_message(event, kind) for kind in sorted(kinds, key=lambda kind: (kind != "row", kind))]
    if not all(told) or project.view(RunsOfTests).lead_to(trace):
        return None
    message, hint = told[0] or ("", "")
    return Misread(trace.module, rows[0], message, hint)


def _message(event: Called | Read | Subscripted | Placed, kind: str) -> tuple[str, str] | None:
    """What is wrong and what to do; None where nothing is, or nobody knows the kind."""
    title = TITLES.get(kind)
    if title is None:
        return None
    if isinstance(event, (Called, Read)):
        if event.name in WITH[kind] or event.name.startswith("__"):
            return None
        hint = f'write `["{event.name}"]`' if isinstance(event, Read) and kind != "tuple" else _MADE_DICT
        return f"a row is a {title}, which has no `{event.name}`", hint
    if isinstance(event, Placed):
        return None if kind == "dict" else (f"a row is a {title} here, and cannot be changed", _MADE_DICT)
    index = event.index.value if isinstance(event.index, Constant) else None
    is_name = isinstance(index, str)
    if kind == "tuple" and is_name:
        return (
            f"a row is a tuple here: `{index}` is no index of it",
            "read it by its place, or set `row_factory`",
        )
    is_place = isinstance(index, int) and not isinstance(index, bool)
    if kind == "dict" and is_place:
        return f"a row is a dict here: `{index}` is no key of it", "read it by the name of its column"
    return None


_MADE_DICT: Final = "make a dict of it: `dict(row)`"
