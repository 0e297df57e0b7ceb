"""Functions that leave half of what they write behind when they fail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import Attribute, Call, Name
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.writes.clashing import may_clash
from archlint.frameworks.django.writes.entries import unprotected_ways
from archlint.frameworks.django.writes.halves import Half, called_half, half, halves
from archlint.frameworks.django.writes.handed_over import handed_over
from archlint.frameworks.django.writes.late_refusals import is_refused_late
from archlint.frameworks.django.writes.progress import Body, Mark, Progress, Spot, Torn, refuses
from archlint.frameworks.django.writes.transactions import Transactions
from archlint.frameworks.django.writes.turns import torn_turns
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Trace, Written
from archlint.project.flow.values import Constant, Items, alternatives

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_MAY_FAIL = frozenset({"get", "latest", "earliest", "get_object_or_404", "get_list_or_404"})
_ALWAYS_THERE = ("django.contrib.contenttypes.", "django.contrib.sites.")
"""Models whose rows Django itself keeps."""

_IDEMPOTENT = frozenset({"get_or_create", "update_or_create"})
_READERS = (
    "build_",
    "check_",
    "fetch_",
    "find_",
    "for_",
    "get_",
    "has_",
    "is_",
    "load_",
    "prepare_",
    "render",
    "serialize",
    "to_",
    "validate",
)
"""What calls are named that read; if they write, it is not what they are called for."""

_TELLERS = re.compile(r"mail|notif|notice|audit|^log_")
"""What calls are named that tell somebody; what they write down of it is no part of what they tell."""

_NOTED = re.compile(r"status|state|progress|attempt|_at$|^last_|count")
_SEEN = re.compile(r"^last_")
"""What is saved of somebody who has only been there."""

_STATE = re.compile(r"^(?:\w+_)?(?:status|state|progress)$")
_DEEPEST = 3
_FOR_OPERATORS = ("/management/commands/", "/migrations/")
"""Folders of code whose user looks after what has gone wrong."""


def torn_writes(project: Project) -> Iterator[tuple[ProjectFunction, Torn | None]]:
    """Every function that writes more than once outside of a transaction, with the first tear.

    Tests are left out: what is torn in them is thrown away.
    """
    tears = _Tears(project)
    done: set[ProjectFunction] = set()
    for trace in project.view(DataFlow).traces():
        function = trace.function
        if function is None or function in done or _is_for_operators(trace) or is_test(trace.module.path):
            continue
        marks, writes = tears.marks(trace)
        if not _writes_again(marks.values()):
            continue
        torn = tears.of(trace, function, marks, writes)
        if torn is not None:
            done.add(function)
        yield function, torn


def _writes_again(marks: Iterable[Mark]) -> bool:
    """Whether a body writes more than once, or once in each turn of a loop."""
    writing = [mark for mark in marks if mark.writes]
    return len(writing) > 1 or any(mark.is_in_loop for mark in writing)


def _is_for_operators(trace: Trace) -> bool:
    return any(part in f"/{trace.module.path}" for part in _FOR_OPERATORS)


class _Tears:
    def __init__(self, project: Project) -> None:
        self._project = project
        self._execution, self._models = project.view(Execution), project.view(DjangoModels)
        self._transactions = project.view(Transactions)
        self._refusing: dict[ProjectFunction, bool] = {}
        self._effects: dict[tuple[int, int], tuple[bool, bool]] = {}
        self._handed: dict[ProjectFunction, tuple[tuple[Call, bool], ...]] = {}

    def marks(self, trace: Trace) -> tuple[dict[Spot, Mark], list[Half]]:
        """What the calls of a body do, by where they end; and its own writes."""
        found: dict[Spot, Mark] = {}
        own: list[Half] = []
        for event in trace.events:
            if isinstance(event, Called) and event.trace is not None and not event.context.deferred:
                writes, fails = self._effect(event.trace)
                writes = writes and not _is_called_for_else(event.name.lstrip("_"))
                if not writes and not fails:
                    continue
                called = event.trace.function
                mark = self._add(found, event, writes, fails and not event.context.caught, called)
                if writes and called is not None:
                    behind = () if self._asked_in(event.trace) else self._asked_in(_led_to(event.trace))
                    own.append(called_half(mark, called, self._asked_in(event.trace), behind))
        for asked in self._asked_in(trace):
            if isinstance(asked.event, Called):
                fails = _fails(asked) or may_clash(self._models, asked)
                mark = self._add(found, asked.event, _writes(asked), fails, _target(asked))
                if mark.writes:
                    own.append(half(mark, asked))
        for form, is_held in self._handed_over(trace.function):
            spot = form.line, form.column
            if spot not in found:
                found[spot] = Mark(writes=True, fails=False, target=form, in_transaction=is_held, form=form)
                own.append(half(found[spot], None))
        return found, own

    def of(
        self, trace: Trace, function: ProjectFunction, marks: dict[Spot, Mark], writes: list[Half]
    ) -> Torn | None:
        """The first tear in a body that something calls outside of a transaction."""
        if self._transactions.wraps(function) is not False:
            return None
        statements = trace.module.statements(function.fact)
        body = Body(marks)
        body.run(statements, frozenset({Progress()}))
        split = halves(statements, writes) or torn_turns(statements, writes)
        torn = body.torn[0] if body.torn else split
        if torn is None:
            return None
        are_halves = split is not None or is_refused_late(statements, torn, writes)
        torn = replace(torn, are_halves=are_halves)
        entries = (entry for entry, _ in unprotected_ways(self._project, trace))
        return torn if any(not _is_for_operators(entry) for entry in entries) else None

    def _add(self, found: dict[Spot, Mark], event: Called, writes: bool, fails: bool, target: object) -> Mark:
        form = event.form
        in_transaction = self._transactions.around(event.context) is not False
        mark = found[form.line, form.column] = Mark(
            writes, fails, target, in_transaction, form, bool(event.context.loops)
        )
        return mark

    def _handed_over(self, function: ProjectFunction | None) -> tuple[tuple[Call, bool], ...]:
        if function is None:
            return ()
        if function not in self._handed:
            self._handed[function] = tuple(handed_over(self._project, function))
        return self._handed[function]

    def _asked_in(self, trace: Trace) -> Sequence[Asked]:
        return self._execution.by_trace.get(id(trace), ())

    def _effect(self, trace: Trace, depth: int = 1) -> tuple[bool, bool]:
        """Whether a run writes, and whether it may raise; what is deep inside is hardly about the caller."""
        known = self._effects.get((id(trace), depth))
        if known is not None:
            return known
        asked = self._asked_in(trace)
        writes = any(_writes(one) for one in asked)
        fails = any(one.how == "raise" for one in trace.exits) and self._refuses(trace.function)
        if depth == 1:
            fails = fails or any(_fails(one) for one in asked)
        for event in trace.events:
            if depth == _DEEPEST or not isinstance(event, Called) or event.context.deferred:
                continue
            if event.trace is not None:
                inner = self._effect(event.trace, depth + 1)
                writes = writes or inner[0]
                fails = fails or (depth == 1 and inner[1] and not event.context.caught)
        self._effects[id(trace), depth] = writes, fails
        return writes, fails

    def _refuses(self, function: ProjectFunction | None) -> bool:
        """Whether a function raises what is not there to tell programmers of a mistake."""
        if function is None:
            return False
        if function not in self._refusing:
            self._refusing[function] = any(map(refuses, function.module.statements(function.fact)))
        return self._refusing[function]


def _led_to(trace: Trace) -> Trace:
    """The run that another only leads to, as a decorator's function to the decorated one."""
    for _ in range(_DEEPEST):
        inner = [
            event.trace for event in trace.events if isinstance(event, Called) and event.trace is not None
        ]
        if len(inner) != 1:
            break
        trace = inner[0]
    return trace


def _is_called_for_else(name: str) -> bool:
    """Whether a function is called for something else than for what it writes."""
    return name.startswith(_READERS) or _TELLERS.search(name) is not None


def _writes(asked: Asked) -> bool:
    return asked.is_write and asked.how not in _IDEMPOTENT and not _is_note(asked)


def _is_note(asked: Asked) -> bool:
    """Whether nothing is written but how far something has come, which is meant to stay."""
    event = asked.event
    if not isinstance(event, Called):
        return False
    names: list[str] = []
    if asked.how == "update":
        names = [name for name, _ in event.arguments.named]
    given = event.arguments.get("update_fields")
    if isinstance(given, Items):
        names = [str(item.value) for item in given.items if isinstance(item, Constant)]
        if any(_STATE.search(name) for name in names):
            return True
    if asked.how == "save" and given is None:
        names = [one.name for one in asked.trace.events if isinstance(one, Written) and _is_of(one, asked)]
        return bool(names) and all(_SEEN.search(name) for name in names)
    return bool(names) and all(_NOTED.search(name) for name in names)


def _is_of(written: Written, asked: Asked) -> bool:
    return any(one in asked.objects for one in alternatives(written.receiver))


def _fails(asked: Asked) -> bool:
    if asked.how not in _MAY_FAIL or asked.context.caught:
        return False
    return not any(one.model.startswith(_ALWAYS_THERE) for one in asked.sets)


def _target(asked: Asked) -> object:
    """What is written: the name of an object, or the model of a query set."""
    form = asked.form
    function = form.function if isinstance(form, Call) else None
    if asked.objects and isinstance(function, Attribute) and isinstance(function.value, Name):
        return function.value.id
    return form
