"""Writes that belong together, and what may fail between them, followed through the branches of a body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from msgspec.structs import replace

from archlint.facts.expressions import Call, Form, Lambda, Operation, last_name
from archlint.facts.forms import parts
from archlint.facts.statements import (
    DefineClass,
    DefineFunction,
    For,
    If,
    Jump,
    Match,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)
from archlint.frameworks.places.expressions import place
from archlint.project.tries import raises_again

_MISTAKES = frozenset(
    [
        "AssertionError",
        "AttributeError",
        "ImproperlyConfigured",
        "ImportError",
        "KeyError",
        "NotImplementedError",
        "TypeError",
    ]
)
"""What is raised to tell programmers of a mistake."""

Spot = tuple[int, int]
"""Line and column at which a form ends: bodies are decoded anew each time, so forms have no identity."""


class Mark(msgspec.Struct, frozen=True):
    """What one call does."""

    writes: bool
    fails: bool
    target: object
    """What is written; writes of one target are steps of one thing."""

    in_transaction: bool
    form: Call
    is_in_loop: bool = False


class Progress(msgspec.Struct, frozen=True):
    """How far one way through a body has come."""

    first: Mark | None = None
    failure: Form | None = None
    """What may fail behind the first write."""


class Torn(msgspec.Struct, frozen=True):
    """A write that stays although a later one does not happen."""

    first: Mark
    failure: Form
    second: Mark
    are_halves: bool = False
    """Whether one without the other makes no sense."""


Ways = frozenset[Progress]


class Body:
    """Follows the ways through a body; what it finds is in `torn`."""

    def __init__(self, marks: Mapping[Spot, Mark]) -> None:
        self._marks = marks
        self.torn: list[Torn] = []

    def run(self, statements: tuple[Statement, ...], ways: Ways) -> Ways:
        """The ways that go on behind some statements."""
        for statement in statements:
            ways = self._step(statement, ways)
            if not ways:
                break
        return ways

    def _step(self, statement: Statement, ways: Ways) -> Ways:
        if isinstance(statement, (DefineFunction, DefineClass)):
            return ways
        if isinstance(statement, If):
            return self._branches((statement.body, statement.orelse), self._expressions(statement.test, ways))
        if isinstance(statement, Match):
            ways = self._expressions(statement.subject, ways)
            return self._branches((*(case.body for case in statement.cases), ()), ways)
        if isinstance(statement, (For, While)):
            head = statement.iterable if isinstance(statement, For) else statement.test
            ways = self._expressions(head, ways)
            return ways | self.run(statement.body, ways)
        if isinstance(statement, With):
            return self._with(statement, ways)
        if isinstance(statement, Try):
            return self._try(statement, ways)
        ways = self._expressions(statement, ways)
        leaves = isinstance(statement, (Raise, Return)) or (
            isinstance(statement, Jump) and statement.kind != "pass"
        )
        return frozenset() if leaves else ways

    def _branches(self, bodies: tuple[tuple[Statement, ...], ...], ways: Ways) -> Ways:
        """A branch that ends in `raise` may fail, after what was before it, all that comes in the others."""
        raising = [body for body in bodies if body and refuses(body[-1], inside=False)]
        failed = _failed(ways, raising[0][-1]) if raising else ways
        found: set[Progress] = set()
        for body in bodies:
            found |= self.run(body, ways if body in raising else failed)
        return frozenset(found)

    def _with(self, statement: With, ways: Ways) -> Ways:
        inside: list[Mark] = []
        for item in statement.items:
            if any(mark.in_transaction for mark in self._within(item.context)):
                inside += self._within(item.context)  # a manager in front of it has opened one
            else:
                ways = self._expressions(item.context, ways)
        inside += [mark for part in statement.body for mark in self._within(part)]
        if not any(mark.in_transaction for mark in inside):
            return self.run(statement.body, ways)
        # All of it happens or none: one write, in front of which it may fail.
        failing = next((mark for mark in inside if mark.fails), None)
        if failing is not None:
            ways = _failed(ways, failing.form)
        through = Body({spot: replace(mark, fails=False) for spot, mark in self._marks.items()})
        goes_on = through.run(statement.body, frozenset({Progress()}))
        if not goes_on:
            return frozenset()
        written = next((mark for mark in inside if mark.writes), None)
        if written is None or all(way.first is None for way in goes_on):
            return ways  # where something is written, the function returns
        return self._written(replace(written, target=statement), ways)

    def _try(self, statement: Try, ways: Ways) -> Ways:
        mends = any(mark.writes for h in statement.handlers for part in h.body for mark in self._within(part))
        if all(map(raises_again, statement.handlers)) and not mends:
            inside = self.run(statement.orelse, self.run(statement.body, ways))
            return self.run(statement.final, inside)
        caught = Body({spot: replace(mark, fails=False) for spot, mark in self._marks.items()})
        inside = caught.run(statement.body, ways)
        self.torn += caught.torn
        if mends:
            return frozenset()  # it makes good itself what has gone wrong
        raises = next((h.body[-1] for h in statement.handlers if refuses(h.body[-1], inside=False)), None)
        is_lost = raises is not None and not self._is_all_or_nothing(statement.body)
        found = set(_failed(inside, raises) if is_lost and raises is not None else inside)
        for handler in statement.handlers:
            found |= self.run(handler.body, ways)
        return self.run(statement.final, self.run(statement.orelse, frozenset(found)))

    def _is_all_or_nothing(self, body: tuple[Statement, ...]) -> bool:
        """Whether a body is one transaction or one write: when it fails, nothing of it is kept."""
        marks = [mark for part in body for mark in self._within(part)]
        if len(body) != 1 or isinstance(body[0], With):
            return len(body) == 1 and any(mark.in_transaction for mark in marks)
        return len(marks) == 1

    def _expressions(self, form: Form, ways: Ways) -> Ways:
        for mark in self._within(form):
            if mark.fails:
                ways = _failed(ways, mark.form)
            if mark.writes:
                ways = self._written(mark, ways)
        return ways

    def _written(self, mark: Mark, ways: Ways) -> Ways:
        torn = [
            Torn(way.first, way.failure, mark)
            for way in ways
            if way.first is not None and way.failure is not None and way.first.target != mark.target
        ]
        self.torn += sorted(torn, key=lambda one: (place(one.first.form), place(one.failure)))
        return frozenset(way if way.first is not None else Progress(mark) for way in ways)

    def _within(self, form: Form) -> Iterator[Mark]:
        """The calls in a form, the innermost first, as Python makes them."""
        if isinstance(form, (Lambda, DefineFunction, DefineClass)):
            return
        for part in parts(form):
            yield from self._within(part)
        if isinstance(form, Call):
            mark = self._marks.get((form.line, form.column))
            if mark is not None:
                yield mark


def refuses(statement: Form, *, inside: bool = True) -> bool:
    """Whether a statement, or one in it, raises something that is not a programmer's mistake."""
    if isinstance(statement, If) and _asks_for_class(statement.test):
        return inside and any(map(refuses, statement.orelse))
    if isinstance(statement, Raise):
        raised = statement.value.function if isinstance(statement.value, Call) else statement.value
        name = getattr(raised, "attr", "") or getattr(raised, "id", "")
        return bool(name) and name not in _MISTAKES
    return inside and any(map(refuses, parts(statement)))


def _asks_for_class(test: Form) -> bool:
    """`if not isinstance(order, Order): raise ValueError`: no user can do anything about that."""
    if isinstance(test, Operation) and test.operator in ("not", "and"):
        return any(map(_asks_for_class, test.operands))
    return isinstance(test, Call) and last_name(test.function) == "isinstance"


def _failed(ways: Ways, failure: Form) -> Ways:
    return frozenset(
        replace(way, failure=failure) if way.first is not None and way.failure is None else way
        for way in ways
    )
