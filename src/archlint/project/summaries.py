"""What a body of code does, as flat lists: bindings, calls, attribute reads, returns, each with its context.

Derived from the lean form of one function, class or module when somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Collection,
    Comprehension,
    Expression,
    Form,
    Lambda,
    Name,
    Starred,
    Subscript,
    Walrus,
    Yield,
)
from archlint.facts.forms import fields_with_forms, walked
from archlint.facts.statements import (
    Annotate,
    Assign,
    For,
    Hidden,
    Return,
    Statement,
    While,
    With,
)


class Context(msgspec.Struct, frozen=True):
    """What surrounds a place inside its body."""

    loops: tuple[Expression, ...] = ()
    """What the loops and comprehensions around it range over, the outermost first; a `while`'s test."""

    managers: tuple[Expression, ...] = ()
    """The `with` items around it."""

    awaited: bool = False
    deferred: bool = False
    """Inside a lambda: it runs when somebody calls that."""


class Bound(msgspec.Struct, frozen=True):
    """One binding of a local name: `how` is `assign`, `augment`, `loop`, `with` or `unpack`."""

    name: str
    how: str
    value: Expression
    line: int
    annotation: Expression | None = None
    path: tuple[int, ...] = ()
    """Of what is unpacked, the places down to the name, EACH for any; empty where nobody can tell."""


EACH = -1
"""Any of the elements, as in a loop."""


class CallSite(msgspec.Struct, frozen=True):
    """One call."""

    call: Call
    context: Context


class Read(msgspec.Struct, frozen=True):
    """One attribute read; the functions of calls are left out."""

    attribute: Attribute
    context: Context


class Summary(msgspec.Struct):
    """What one body does."""

    bound: dict[str, list[Bound]] = msgspec.field(default_factory=dict)
    stored: list[tuple[Attribute, Bound]] = msgspec.field(default_factory=list)
    """Assignments to attributes: `self.repo = repo`."""

    keyed: list[tuple[Subscript, Bound]] = msgspec.field(default_factory=list)
    """Assignments to keys: `app.extensions["orders"] = service`."""

    calls: list[CallSite] = msgspec.field(default_factory=list)
    reads: list[Read] = msgspec.field(default_factory=list)
    returns: list[Expression] = msgspec.field(default_factory=list)
    yields: list[Expression] = msgspec.field(default_factory=list)
    annotations: list[Expression] = msgspec.field(default_factory=list)
    """Of names and attributes: `request: Request`."""

    inner: set[str] = msgspec.field(default_factory=set)
    """The names that comprehensions and lambdas bind for themselves: there they mean something else."""

    is_whole: bool = True
    """False where a statement is nested too deeply to be known."""


def summarize(body: Iterable[Statement]) -> Summary:
    """The summary of a body. The bodies of the functions and classes inside are not part of it."""
    derivation = _Derivation(Summary())
    for statement in body:
        derivation.visit(statement, Context())
    return derivation.summary


class _Derivation:
    def __init__(self, summary: Summary) -> None:
        self.summary = summary

    def visit(self, form: Form | tuple[Form, ...] | None, context: Context) -> None:
        if form is None:
            return
        if isinstance(form, tuple):
            for item in form:
                self.visit(item, context)
            return
        special = _SPECIAL.get(form.__class__)
        if special is not None:
            special(self, form, context)
        else:
            self.children(form, context)

    def children(self, form: Form, context: Context) -> None:
        for name in fields_with_forms(form.__class__):
            self.visit(getattr(form, name), context)

    def bind(self, target: Expression, bound: Bound) -> None:
        if isinstance(target, Name):
            named = Bound(target.id, bound.how, bound.value, bound.line, bound.annotation, bound.path)
            self.summary.bound.setdefault(target.id, []).append(named)
        elif isinstance(target, Attribute):
            self.summary.stored.append((target, bound))
        elif isinstance(target, Subscript):
            self.summary.keyed.append((target, bound))
        elif isinstance(target, Collection):
            for item, path in zip(target.items, _paths(target, bound), strict=True):
                self.bind(item, Bound("", "unpack", bound.value, bound.line, path=path))
        elif isinstance(target, Starred):
            self.bind(target.value, Bound("", "unpack", bound.value, bound.line))

    def assign(self, form: Assign, context: Context) -> None:
        self.visit(form.value, context)
        for target in form.targets:
            self.bind(target, Bound("", "augment" if form.operator else "assign", form.value, form.line))
            self._target(target, context)

    def annotate(self, form: Annotate, context: Context) -> None:
        self.summary.annotations.append(form.annotation)
        self.visit(form.annotation, context)
        self.visit(form.value, context)
        if form.value is not None:
            self.bind(form.target, Bound("", "assign", form.value, form.line, form.annotation))

    def loop(self, form: For, context: Context) -> None:
        self.visit(form.iterable, context)
        self.bind(form.target, Bound("", "loop", form.iterable, form.line))
        inside = _in_loop(context, form.iterable)
        self.visit(form.body, inside)
        self.visit(form.orelse, context)

    def while_(self, form: While, context: Context) -> None:
        inside = _in_loop(context, form.test)
        self.visit(form.test, inside)
        self.visit(form.body, inside)
        self.visit(form.orelse, context)

    def with_(self, form: With, context: Context) -> None:
        for item in form.items:
            self.visit(item.context, context)
            if item.target is not None:
                self.bind(item.target, Bound("", "with", item.context, form.line))
            managers = (*context.managers, item.context)
            context = Context(context.loops, managers, False, context.deferred)
        self.visit(form.body, context)

    def return_(self, form: Return, context: Context) -> None:
        self.visit(form.value, context)
        if form.value is not None:
            self.summary.returns.append(form.value)

    def yield_(self, form: Yield, context: Context) -> None:
        self.visit(form.value, context)
        if form.value is not None:
            self.summary.yields.append(form.value)

    def call(self, form: Call, context: Context) -> None:
        self.summary.calls.append(CallSite(form, context))
        inside = Context(context.loops, context.managers, False, context.deferred)
        if isinstance(form.function, Attribute):
            self.visit(form.function.value, inside)  # the method itself is called, not read
        else:
            self.visit(form.function, inside)
        self.visit(form.arguments, inside)
        self.visit(form.keywords, inside)

    def attribute(self, form: Attribute, context: Context) -> None:
        self.summary.reads.append(Read(form, context))
        self.visit(form.value, context)

    def await_(self, form: Await, context: Context) -> None:
        self.visit(form.value, Context(context.loops, context.managers, True, context.deferred))

    def comprehension(self, form: Comprehension, context: Context) -> None:
        for generator in form.generators:
            self.summary.inner.update(
                each.id for each in walked([generator.target]) if isinstance(each, Name)
            )
            self.visit(generator.iterable, context)
            context = _in_loop(context, generator.iterable)
            self.visit(generator.conditions, context)
        self.visit(form.element, context)

    def walrus(self, form: Walrus, context: Context) -> None:
        self.visit(form.value, context)
        bound = Bound(form.target, "assign", form.value, form.line)
        self.summary.bound.setdefault(form.target, []).append(bound)

    def lambda_(self, form: Lambda, context: Context) -> None:
        self.summary.inner.update(form.parameters)
        self.visit(form.body, Context((), context.managers, False, True))

    def hidden(self, form: Hidden, context: Context) -> None:
        self.summary.is_whole = False

    def _target(self, target: Expression, context: Context) -> None:
        """What a target reads before it writes: `a.b` in `a.b.c = 1`."""
        if isinstance(target, Attribute):
            self.visit(target.value, context)
        elif not isinstance(target, Name):
            self.children(target, context)


def _paths(target: Collection, bound: Bound) -> Iterator[tuple[int, ...]]:
    """Where each item of a target lies in what it is unpacked from; behind a `*rest` nobody can tell."""
    start = {"assign": (), "loop": (EACH,), "unpack": bound.path or None}.get(bound.how)
    for place, item in enumerate(target.items):
        if isinstance(item, Starred):
            start = None
        yield () if start is None else (*start, place)


def _in_loop(context: Context, iterable: Expression) -> Context:
    return Context((*context.loops, iterable), context.managers, False, context.deferred)


_SPECIAL: dict[type[Form], Callable[[_Derivation, Any, Context], None]] = {
    Assign: _Derivation.assign,
    Annotate: _Derivation.annotate,
    For: _Derivation.loop,
    While: _Derivation.while_,
    With: _Derivation.with_,
    Return: _Derivation.return_,
    Yield: _Derivation.yield_,
    Call: _Derivation.call,
    Attribute: _Derivation.attribute,
    Await: _Derivation.await_,
    Comprehension: _Derivation.comprehension,
    Walrus: _Derivation.walrus,
    Lambda: _Derivation.lambda_,
    Hidden: _Derivation.hidden,
}
