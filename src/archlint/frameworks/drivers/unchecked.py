"""Rows that are used although the statement may have found none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from archlint.facts.expressions import Attribute, Call, Subscript, dotted
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.drivers.connections import Cursor, OpenConnection, Pool
from archlint.frameworks.drivers.rows import Row
from archlint.frameworks.runs_of_tests import RunsOfTests
from archlint.frameworks.sql.assembled import Assembler
from archlint.frameworks.sql.carriers import Carriers
from archlint.frameworks.sql.empty_answers import may_find_nothing, writes
from archlint.project.flow.trace import Called, Read, Subscripted, Trace, Unpacked
from archlint.project.flow.values import NONE, Constant, Either, Pending, Value, alternatives, texts
from archlint.project.noted_tests import is_asked_elsewhere, is_noted

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.module import Module
    from archlint.project.project import Project

_EXPECTING: Final = frozenset({"", "AttributeError", "Exception", "TypeError"})
"""Handlers that expect the failure."""

_TAKING: Final = frozenset({"dict", "list", "tuple"})
"""What None cannot be made into."""

Use: TypeAlias = "Called | Read | Subscripted | Unpacked"


class Unchecked(msgspec.Struct, frozen=True):
    """A use of what may be None instead of a row."""

    module: Module
    scope: str
    """The function it is in; empty at module level."""

    form: Expression
    row: Row


def uses_of_single_rows(project: Project) -> Iterator[Unchecked | None]:
    """Every use of the one row that was fetched; None where it is there, or nobody can tell."""
    flow = project.view(DataFlow)
    found: dict[tuple[str, int, int], list[Unchecked | None]] = {}
    for kind in (Called, Read, Subscripted, Unpacked):
        for trace, event in flow.events(kind):
            if not isinstance(event, (Called, Read, Subscripted, Unpacked)):
                continue
            value = _used(event)
            if not isinstance(value, (Either, Row)):
                continue
            row = next((each for each in alternatives(value) if isinstance(each, Row)), None)
            if row is not None:
                key = trace.module.path, getattr(event.form, "line", 0), getattr(event.form, "column", 0)
                is_wrong = _may_be_none(value) and _is_surprising(project, trace, event, row)
                scope = trace.function.scope if trace.function is not None else ""
                unchecked = Unchecked(trace.module, scope, event.form, row) if is_wrong else None
                found.setdefault(key, []).append(unchecked)
    for ways in found.values():
        yield None if None in ways else ways[0]


def _used(event: Use) -> Value:
    """The value that an event asks for something."""
    if isinstance(event, Unpacked):
        return event.value
    if isinstance(event, Called) and event.receiver is None:
        given = event.arguments.positional
        return given[0] if event.name in _TAKING and len(given) == 1 else NONE
    return event.receiver or NONE


def _may_be_none(value: Value) -> bool:
    """Whether a value is a row or None, and nothing else."""
    return (
        isinstance(value, Either)
        and all(each == NONE or isinstance(each, Row) for each in value.options)
        and (NONE in value.options)
    )


def _is_surprising(project: Project, trace: Trace, event: Use, row: Row) -> bool:
    """Whether nothing before makes the row, or expects that there is none."""
    if not may_find_nothing(row.sql or _carried(project, trace, row)) or project.view(RunsOfTests).lead_to(
        trace
    ):
        return False
    if _is_tested_apart(project, trace, event):
        return False
    if not _EXPECTING.isdisjoint(each.rpartition(".")[2] for each in event.context.caught):
        return False
    around: Trace | None = trace
    while around is not None:
        if any(_writes(each) for each in around.events if isinstance(each, Called)):
            return False
        around = around.caller[0] if around.caller is not None else None
    return True


def _is_tested_apart(project: Project, trace: Trace, event: Use) -> bool:
    """Whether a test of the row is behind another name, or in another function."""
    asked = event.form.function if isinstance(event.form, Call) else event.form
    subject = dotted(asked.value) if isinstance(asked, (Attribute, Subscript)) else ""
    if not subject:
        return False
    line = getattr(event.form, "line", 0)
    return is_noted(trace.module, line, subject) or is_asked_elsewhere(project, subject)


def _carried(project: Project, trace: Trace, row: Row) -> str:
    """The statement behind a row, where it was given to a function that runs what it is given."""
    carriers = project.view(Carriers)
    around: Trace | None = trace
    while around is not None and around.function is not None:
        for event in around.events:
            if isinstance(event, Called) and row in alternatives(_awaited(event.result)):
                given = carriers.text_of(event.form)
                pieces = Assembler.of(project, around.function).pieces(given)
                if pieces:
                    return "".join(piece.text for piece in pieces)
        around = around.caller[0] if around.caller is not None else None
    return ""


def _awaited(value: Value) -> Value:
    return value.value if isinstance(value, Pending) else value


def _writes(event: Called) -> bool:
    if not isinstance(event.receiver, (Cursor, OpenConnection, Pool)):
        return False
    given = event.arguments.positional
    sql = texts(given[0]) if given else ()
    return any(map(writes, sql)) or bool(given and not isinstance(given[0], Constant))
