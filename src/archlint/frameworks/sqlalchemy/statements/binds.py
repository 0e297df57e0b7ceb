"""The names of values in text statements, and those that are given when these run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.sqlalchemy.statements.running import run_statements
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Entries, Items, Value

if TYPE_CHECKING:
    from archlint.project.project import Project

_BIND = re.compile(r"(?<![:\w\\]):(\w+)(?!:)")
_QUOTED = re.compile(r"'(?:[^']|'')*'")


class TextRun(msgspec.Struct, frozen=True):
    """A text statement that is run."""

    trace: Trace
    called: Called
    missing: tuple[str, ...] | None
    """The names without a value; None where nobody can tell."""


def text_runs(project: Project) -> Iterator[TextRun]:
    """Every text statement that is run and waits for values."""
    for run in run_statements(project):
        statement = run.statement
        if statement.kind != "text" or not statement.text:
            continue
        wanted = _BIND.findall(_QUOTED.sub("", statement.text))
        if not wanted:
            continue
        given = None if statement.is_restricted else _given(run.called)
        known = None if given is None else given | statement.bound
        missing = None if known is None else tuple(dict.fromkeys(n for n in wanted if n not in known))
        yield TextRun(run.trace, run.called, missing)


def _given(called: Called) -> frozenset[str] | None:
    """The names that a call gives; None where nobody can tell."""
    if called.arguments.is_open:
        return None
    parameters = called.arguments.get("params", 1) or called.arguments.get("parameters")
    if parameters is None:
        is_alone = len(called.arguments.positional) + len(called.arguments.named) == 1
        return frozenset() if is_alone else None
    return _keys(parameters)


def _keys(value: Value) -> frozenset[str] | None:
    if isinstance(value, Entries) and not value.is_open:
        return frozenset(key for key, _ in value.values)
    if isinstance(value, Items) and value.items:
        found = [_keys(item) for item in value.items]
        return (
            None if None in found else frozenset.intersection(*[each for each in found if each is not None])
        )
    return None
