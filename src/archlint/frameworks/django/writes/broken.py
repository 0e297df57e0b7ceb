"""Queries in a transaction that a caught error of the database has broken before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Collection, Expression, Form, Lambda
from archlint.facts.forms import parts
from archlint.facts.statements import (
    DefineClass,
    DefineFunction,
    For,
    If,
    Jump,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.query.named import Atomic
from archlint.frameworks.django.writes.transactions import Transactions
from archlint.frameworks.places.expressions import place
from archlint.project.flow.trace import Called, Trace

if TYPE_CHECKING:
    from archlint.project.project import Project

_ERRORS = frozenset({"IntegrityError", "DatabaseError", "DataError"})
_MENDED = frozenset({"set_rollback", "savepoint_rollback", "clean_savepoints"})
_OWN_SAVEPOINT = frozenset({"get_or_create", "update_or_create"})
_DEEPEST = 3

Spot = tuple[int, int]
Later = tuple[Form, ...]


class Broken(msgspec.Struct, frozen=True):
    """A query that cannot run any more, and the write whose failure was caught."""

    trace: Trace
    query: Expression | None
    """None where nothing queries the database after the failure."""

    write: Expression


def broken_transactions(project: Project) -> Iterator[Broken]:
    """Every caught failure of a write inside of a transaction."""
    execution, transactions = project.view(Execution), project.view(Transactions)
    traces = [trace for trace in project.view(DataFlow).traces() if trace.function is not None]
    catching = [trace for trace in traces if _catches(trace)]
    if not catching:
        return
    inside: set[int] = set()
    for trace in traces:
        assert trace.function is not None
        is_wrapped = transactions.wraps(trace.function) is True
        if is_wrapped:
            inside.add(id(trace))
        for call in trace.events:
            if not isinstance(call, Called) or call.trace is None:
                continue
            if is_wrapped or transactions.around(call.context) is True:
                inside.add(id(call.trace))
    for trace in catching:
        assert trace.function is not None
        body = _Body(trace, execution)
        if body.writes:
            statements = trace.module.statements(trace.function.fact)
            yield from body.visit(statements, (), is_atomic=id(trace) in inside)


def _catches(trace: Trace) -> bool:
    """Whether a body names an error of the database."""
    return trace.function is not None and trace.module.mentions(trace.function.fact, *_ERRORS)


class _Body:
    def __init__(self, trace: Trace, execution: Execution) -> None:
        self._trace = trace
        self._execution = execution
        asked = execution.by_trace.get(id(trace), ())
        self.asks: dict[Spot, Expression] = {place(one.form): one.form for one in asked}
        self.writes: dict[Spot, Expression] = {place(one.form): one.form for one in asked if _breaks(one)}
        self._atomic: set[Spot] = set()
        for event in trace.events:
            if not isinstance(event, Called):
                continue
            if isinstance(event.result, Atomic):
                self._atomic.add(place(event.form))
            elif event.trace is not None and not event.context.deferred:
                self._of_callee(event)

    def _of_callee(self, event: Called) -> None:
        assert event.trace is not None
        spot = place(event.form)
        for asks, is_free in self._inside(event.trace, 1):
            self.asks.setdefault(spot, event.form)
            if asks and is_free:
                self.writes.setdefault(spot, event.form)

    def _inside(self, trace: Trace, depth: int) -> Iterator[tuple[bool, bool]]:
        """Of what a callee asks: whether it writes, and whether nothing is around it that may hold it."""
        is_plain = trace.function is not None and not trace.function.fact.decorators
        for asked in self._execution.by_trace.get(id(trace), ()):
            yield _breaks(asked), is_plain and not asked.context.managers and not asked.context.caught
        for event in trace.events if depth < _DEEPEST else ():
            if isinstance(event, Called) and event.trace is not None and not event.context.deferred:
                is_free = is_plain and not event.context.managers and not event.context.caught
                for asks, is_inner_free in self._inside(event.trace, depth + 1):
                    yield asks, is_free and is_inner_free

    def visit(self, statements: tuple[Statement, ...], after: Later, *, is_atomic: bool) -> Iterator[Broken]:
        """Look at the `try` statements of a block; `after` is what runs behind it in the transaction."""
        for index, statement in enumerate(statements):
            later = (*statements[index + 1 :], *after)
            if isinstance(statement, With):
                opens = any(place(item.context) in self._atomic for item in statement.items)
                yield from self.visit(statement.body, () if opens else later, is_atomic=is_atomic or opens)
            elif isinstance(statement, (For, While)):
                yield from self.visit(statement.body, (statement, *later), is_atomic=is_atomic)
            elif isinstance(statement, If):
                for body in (statement.body, statement.orelse):
                    yield from self.visit(body, later, is_atomic=is_atomic)
            elif isinstance(statement, Try):
                if is_atomic:
                    yield from self._caught(statement, later)
                behind = (*statement.orelse, *statement.final, *later)
                yield from self.visit(statement.body, behind, is_atomic=is_atomic)

    def _caught(self, statement: Try, later: Later) -> Iterator[Broken]:
        write = self._first(statement.body, self.writes, is_inside_with=False)
        if write is None:
            return
        for handler in statement.handlers:
            types = handler.type.items if isinstance(handler.type, Collection) else (handler.type,)
            if not any(getattr(one, "attr", getattr(one, "id", "")) in _ERRORS for one in types):
                continue
            if any(map(_mends, handler.body)):
                continue
            last = handler.body[-1] if handler.body else None
            forms: Later = (*handler.body, *statement.final)
            if isinstance(last, Jump) and last.kind == "break":
                loop = next((i for i, one in enumerate(later) if isinstance(one, (For, While))), -1)
                forms = (*forms, *later[loop + 1 :])
            elif not isinstance(last, (Raise, Return)):
                forms = (*forms, *later)
            yield Broken(self._trace, self._first(forms, self.asks), write)

    def _first(
        self, forms: Later, known: dict[Spot, Expression], *, is_inside_with: bool = True
    ) -> Expression | None:
        """The first of some calls in forms that surely run, as far as they are not left before."""
        for form in forms:
            if isinstance(form, (Lambda, DefineFunction, DefineClass)):
                continue
            if isinstance(form, With) and not is_inside_with:
                continue
            if isinstance(form, If):
                found = self._first((form.test,), known)
                if found is not None or _leaves(form):
                    return found
                continue
            inner = tuple(parts(form))
            found = self._first(inner, known, is_inside_with=is_inside_with)
            if found is None and place(form) in known and form == known[place(form)]:
                return known[place(form)]
            if found is not None or isinstance(form, (Raise, Return)):
                return found
        return None


def _breaks(asked: Asked) -> bool:
    return asked.is_write and asked.how not in _OWN_SAVEPOINT


def _leaves(form: Form) -> bool:
    """Whether some way through a branch ends the block."""
    return isinstance(form, (Raise, Return, Jump)) or any(map(_leaves, parts(form)))


def _mends(form: Form) -> bool:
    """Whether a handler rolls back by hand."""
    return getattr(form, "attr", getattr(form, "id", "")) in _MENDED or any(map(_mends, parts(form)))
