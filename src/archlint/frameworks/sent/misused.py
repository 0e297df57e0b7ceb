"""Texts of a request that are used like numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from archlint.facts.expressions import Call, Comparison, last_name
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.runs_of_tests import RunsOfTests
from archlint.frameworks.sent.statements import sent_for_numbers
from archlint.frameworks.sent.texts import source_of
from archlint.project.answer import External
from archlint.project.flow.trace import Called, Operated, Sliced
from archlint.project.flow.values import Constant, Value
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.project import Project

_EXPECTING: Final = frozenset({"", "Exception", "TypeError"})
"""Handlers that expect the failure."""

_ORDERING: Final = frozenset({"<", "<=", ">", ">="})
_MIXING: Final = frozenset({"+"})
"""What two texts can do, but not a text and a number."""

_COUNTING: Final = frozenset({"-", "/", "//", "**"})
"""What no text can do."""

_TAKING_NUMBERS: Final = frozenset({"asyncio.sleep", "builtins.range", "datetime.timedelta", "time.sleep"})
_CHOOSING: Final = frozenset({"builtins.max", "builtins.min"})
_MAKING_NUMBERS: Final = frozenset({"float", "int", "len"})

Event: TypeAlias = "Called | Operated | Sliced"


class Misused(msgspec.Struct, frozen=True):
    """A text where a number has to be."""

    module: Module
    form: Expression
    source: str
    """Where the text stands in the request; empty where it is used well."""

    use: str
    """What is done with it, in words."""


def misused_texts(project: Project) -> Iterator[Misused]:
    """Every use of texts that numbers can have, each place once: by a run in which it is wrong, if any."""
    flow, of_tests = project.view(DataFlow), project.view(RunsOfTests)
    found: dict[tuple[str, int, int], Misused] = {}
    for kind in (Called, Operated, Sliced):
        for trace, event in flow.events(kind):
            if not isinstance(event, (Called, Operated, Sliced)) or not any(map(source_of, _values(event))):
                continue
            form = event.form
            key = (trace.module.path, getattr(form, "line", 0), getattr(form, "column", 0))
            met = found.get(key)
            if met is not None and met.source:
                continue
            source, use = _wrong(project, event)
            is_expected = not _EXPECTING.isdisjoint(each.rpartition(".")[2] for each in event.context.caught)
            if is_expected or (source and of_tests.lead_to(trace)):
                source = ""
            found[key] = Misused(trace.module, form, source, use)
    yield from found.values()


def _values(event: Event) -> tuple[Value, ...]:
    if isinstance(event, Operated):
        return event.operands
    if isinstance(event, Sliced):
        return event.bounds
    return (*event.arguments.positional, *[value for _, value in event.arguments.named])


def _wrong(project: Project, event: Event) -> tuple[str, str]:
    """Where a text comes from, and what it is used for in vain; nothing where it is used well."""
    if isinstance(event, Sliced):
        return _first_source(event.bounds), "it bounds a slice"
    if isinstance(event, Operated):
        return _operated(event)
    name = event.callee.name if isinstance(event.callee, External) else ""
    if name in _TAKING_NUMBERS:
        return _first_source(_values(event)), f"`{last_name(event.form.function)}` takes it for a number"
    if name in _CHOOSING:
        return _mixed(event.arguments.positional), "it is compared with a number"
    return sent_for_numbers(project, event), "PostgreSQL takes it for a number"


def _operated(event: Operated) -> tuple[str, str]:
    form = event.form
    if isinstance(form, Comparison):
        pairs = zip(form.operators, pairwise(event.operands), strict=False)
        sources = (_mixed(pair) for operator, pair in pairs if operator in _ORDERING)
        return next(filter(None, sources), ""), "it is compared with a number"
    if form.operator not in _MIXING | _COUNTING or len(event.operands) < 2:
        return "", ""
    kinds = [_kind(*each) for each in zip(form.operands, event.operands, strict=True)]
    first, *others = kinds
    for kind in others:
        if "" in (first, kind):
            return "", ""
        is_mixed = first != kind or (form.operator in _COUNTING and kind == "text")
        if is_mixed:
            return _first_source(event.operands), "a number is reckoned from it"
    return "", ""


def _kind(form: Expression, value: Value) -> str:
    """`text`, `number`, or nothing for what may be anything."""
    if source_of(value):
        return "text"
    is_made = isinstance(form, Call) and last_name(form.function) in _MAKING_NUMBERS
    return "number" if is_made or _is_number(value) else ""


def _mixed(values: tuple[Value, ...]) -> str:
    """Where a text among numbers comes from."""
    return _first_source(values) if any(map(_is_number, values)) else ""


def _first_source(values: Iterable[Value]) -> str:
    return next(filter(None, map(source_of, values)), "")


def _is_number(value: Value) -> bool:
    return isinstance(value, Constant) and type(value.value) in (int, float)
