"""What happened in one run of a body to the values that a framework knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.project.answer import UNKNOWN
from archlint.project.flow.values import Arguments, Value

if TYPE_CHECKING:
    from archlint.facts.expressions import (
        Attribute,
        Call,
        Collection,
        Comparison,
        Expression,
        Operation,
        Subscript,
    )
    from archlint.facts.expressions import Comprehension as ComprehensionForm
    from archlint.facts.statements import For, Statement, While
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module


class Loop(msgspec.Struct, frozen=True):
    """A loop or comprehension around a place."""

    over: Value
    """What it ranges over; UNKNOWN for `while`."""

    form: Statement | ComprehensionForm | Call
    """The statement or comprehension; the call of `map`."""


class Context(msgspec.Struct, frozen=True):
    """What surrounds a place inside its body."""

    loops: tuple[Loop, ...] = ()
    managers: tuple[Value, ...] = ()
    """What the `with` statements around it were given, the outermost first."""

    caught: tuple[str, ...] = ()
    """Dotted or written names of the exceptions that handlers around it catch; `` for all."""

    deferred: bool = False
    """Inside a lambda: it runs when somebody calls that."""

    raising: bool = False
    """In what is raised: it runs once, whatever loops are around it, unless somebody goes on after that."""


class Called(msgspec.Struct, frozen=True, eq=False):
    """A call."""

    form: Call
    receiver: Value | None
    """What the method was asked of; None for calls of plain names."""

    name: str
    """The name of the method or function as written."""

    callee: Value
    """UNKNOWN for methods of values that a framework knows."""

    arguments: Arguments
    result: Value
    context: Context
    state: Mapping[object, object]
    """What was remembered before the call."""

    awaited: bool
    trace: Trace | None
    """What happened inside, where a function of the project was called."""

    besides: tuple[Trace, ...] = ()
    """What happens inside instead, where one of several functions is called."""


class Read(msgspec.Struct, frozen=True, eq=False):
    """An attribute read."""

    form: Attribute
    receiver: Value
    name: str
    result: Value
    context: Context
    state: Mapping[object, object]
    trace: Trace | None = None
    """What happened inside, where it is a property of the project."""


class Written(msgspec.Struct, frozen=True, eq=False):
    """An attribute set."""

    form: Attribute
    receiver: Value
    name: str
    value: Value
    context: Context
    state: Mapping[object, object]
    line: int


class Extended(msgspec.Struct, frozen=True, eq=False):
    """An attribute set on an object of a class of the project, by code that is none of its methods."""

    form: Attribute
    receiver: Value
    name: str
    context: Context


class Iterated(msgspec.Struct, frozen=True, eq=False):
    """A loop over a value, or what goes through it like one: `list()`, `sorted()`, unpacking."""

    form: Expression
    value: Value
    context: Context
    state: Mapping[object, object]
    is_async: bool = False


class Tested(msgspec.Struct, frozen=True, eq=False):
    """The truth of a value: `if value`, `not value`, `value and …`."""

    form: Expression
    value: Value
    context: Context
    state: Mapping[object, object]


class Operated(msgspec.Struct, frozen=True, eq=False):
    """An operator between values, at least one of which a framework knows."""

    form: Operation | Comparison
    operands: tuple[Value, ...]
    context: Context
    state: Mapping[object, object]


class Subscripted(msgspec.Struct, frozen=True, eq=False):
    """`value[index]`."""

    form: Expression
    receiver: Value
    index: Value
    result: Value
    context: Context
    state: Mapping[object, object]


class Sliced(msgspec.Struct, frozen=True, eq=False):
    """`value[a:b]`, where a framework knows one of the bounds."""

    form: Subscript
    receiver: Value
    bounds: tuple[Value, ...]
    context: Context
    state: Mapping[object, object]


class Unpacked(msgspec.Struct, frozen=True, eq=False):
    """`a, b = value`, for a value that is not known to hold as many."""

    form: Collection
    value: Value
    context: Context
    state: Mapping[object, object]


class Placed(msgspec.Struct, frozen=True, eq=False):
    """`receiver[index] = value`."""

    form: Subscript
    receiver: Value
    index: Value
    value: Value
    context: Context
    state: Mapping[object, object]


class Opened(msgspec.Struct, frozen=True, eq=False):
    """A value that a `with` statement is given."""

    form: Expression
    value: Value
    is_async: bool
    """By `async with`."""

    context: Context


class Dropped(msgspec.Struct, frozen=True, eq=False):
    """An expression statement whose value goes nowhere."""

    form: Expression
    value: Value
    context: Context


class Exit(msgspec.Struct, frozen=True, eq=False):
    """A way out of a body: `how` is `return`, `raise` or `end`."""

    how: str
    line: int
    value: Value
    state: Mapping[object, object]


class TurnEnd(msgspec.Struct, frozen=True, eq=False):
    """The end of a turn of a loop: `how` is `continue`, `break` or `end`."""

    how: str
    line: int
    loop: For | While
    state: Mapping[object, object]


Event: TypeAlias = (
    Called
    | Read
    | Written
    | Extended
    | Iterated
    | Tested
    | Operated
    | Subscripted
    | Sliced
    | Unpacked
    | Placed
    | Opened
    | Dropped
)


class Trace(msgspec.Struct, eq=False):
    """One run of one body."""

    module: Module
    function: ProjectFunction | None
    scope: str = ""
    """The class for the body of a class, empty for a module."""

    arguments: tuple[tuple[str, Value], ...] | None = None
    """The parameters, where a caller passed them; None for a run on its own."""

    caller: tuple[Trace, Call] | None = None
    """The first call that led here, where a caller passed arguments."""

    events: list[Event] = []
    exits: list[Exit] = []
    turns: list[TurnEnd] = []
    """How the turns of its loops end."""

    names: dict[str, Value] = {}
    """What the names of a module or class stand for at the end of its body."""

    fields: dict[str, Value] = {}
    """What a method sets on its own object."""

    left: dict[str, Value] = {}
    """The same where it ends, by all ways."""

    receiver: Value | None = None
    """The object or class that a method was called on."""

    result: Value = UNKNOWN
    yielded: Value | None = None
    """What a generator yields."""

    at_yield: Mapping[object, object] = {}
    """What was remembered when it yielded last."""

    handed_over: Mapping[object, object] | None = None
    """What was remembered where it first called a parameter of its own, as a middleware calls the handler."""

    providers: list[Trace] = []
    """Runs of functions that gave it parameters: what is behind a `yield` in them runs when it is done."""

    before: Mapping[object, object] = {}
    after: Mapping[object, object] = {}

    def provided_by(self) -> frozenset[ProjectFunction]:
        """The functions that gave it parameters, and those that gave them theirs."""
        found: set[ProjectFunction] = set()
        met: set[int] = set()
        pending = list(self.providers)
        while pending:
            provider = pending.pop()
            if id(provider) in met:
                continue
            met.add(id(provider))
            pending += provider.providers
            if provider.function is not None:
                found.add(provider.function)
        return frozenset(found)

    def inside(self) -> Iterator[Trace]:
        """The runs that this one led to, each once, itself left out."""
        return self._led_to(with_last=True)

    def each_time(self) -> Iterator[Trace]:
        """This run and those it led to, each once, but for what only the exceptions that end them say."""
        yield self
        yield from self._led_to(with_last=False)

    def _led_to(self, *, with_last: bool) -> Iterator[Trace]:
        met: set[int] = {id(self)}
        pending = [self]
        while pending:
            for event in pending.pop().events:
                if not isinstance(event, (Called, Read)) or (event.context.raising and not with_last):
                    continue
                run = event.trace
                if run is not None and id(run) not in met:
                    met.add(id(run))
                    pending.append(run)
                    yield run
