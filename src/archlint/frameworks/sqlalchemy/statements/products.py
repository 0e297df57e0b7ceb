"""Statements that select from several tables which nothing ties together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow, call_of
from archlint.frameworks.sqlalchemy.values.expressions import Selectable
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.frameworks.sqlalchemy.values.queries import RUNNING, Query
from archlint.frameworks.sqlalchemy.values.statements import Statement, flat
from archlint.project.flow.trace import Called, Iterated, Trace
from archlint.project.flow.values import alternatives, something

if TYPE_CHECKING:
    from archlint.project.project import Project

_RUNNING = frozenset({"execute", "exec", "scalar", "scalars", "stream", "stream_scalars"})


class Run(msgspec.Struct, frozen=True):
    """A statement that is run, and the groups of its tables that are tied together."""

    trace: Trace
    line: int
    statement: Statement
    groups: tuple[frozenset[From], ...]


def statements_run(project: Project) -> Iterator[Run]:
    """Every `select` of several tables that is run and wholly known."""
    flow = project.view(DataFlow)
    for trace, called in flow.events(Called):
        for statement in _run_by(called):
            if _is_known(statement):
                at, line = _asked_at(trace, called.form.line)
                yield Run(at, line, statement, groups_of(statement))
    for trace, iterated in flow.events(Iterated):
        for option in alternatives(iterated.value):
            if isinstance(option, Query) and _is_known(option):
                yield Run(trace, getattr(iterated.form, "line", 0), option, groups_of(option))


def _asked_at(trace: Trace, line: int) -> tuple[Trace, int]:
    """Where a statement gets its conditions: with the caller, where that passes them."""
    outer = call_of(trace)
    if outer is None or trace.caller is None:
        return trace, line
    given = [each for _, value in trace.arguments or () for each in flat((value,))]
    if not any(isinstance(each, Selectable) and not each.root for each in given):
        return trace, line
    return trace.caller[0], outer.form.line


def _run_by(called: Called) -> Iterator[Statement]:
    if called.name in _RUNNING:
        given = called.arguments.get("statement", 0)
        for option in alternatives(given) if given is not None else ():
            if isinstance(option, Statement):
                yield option
    if called.name in RUNNING and called.receiver is not None:
        for option in something(called.receiver):
            if isinstance(option, Query):
                yield option


def _is_known(statement: Statement) -> bool:
    if statement.kind not in ("select", "query") or statement.is_open or len(statement.froms) < 2:
        return False
    # What ties a table may be one of the columns that a class has from where nobody sees.
    return not any(each.entity is not None and each.entity.is_open for each in statement.froms)


def groups_of(statement: Statement) -> tuple[frozenset[From], ...]:
    """The tables of a statement, those together that joins and conditions tie.

    A join may begin at a table of which nothing is selected: `select(Room.name).join(Seat.room)`.
    """
    everything = statement.froms.union(*statement.links)
    groups: list[frozenset[From]] = [frozenset((each,)) for each in everything]
    kin = [
        frozenset((one, other)) for one in statement.froms for other in statement.froms if one.matches(other)
    ]
    for link in (*statement.links, *kin):
        tied = [group for group in groups if group & link]
        if len(tied) > 1:
            groups = [group for group in groups if not group & link]
            groups.append(frozenset[From]().union(*tied))
    return tuple([group & statement.froms for group in groups if group & statement.froms])
