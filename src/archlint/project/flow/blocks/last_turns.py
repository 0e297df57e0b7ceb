"""The turns of a loop: blocks that no turn follows, and ways that no turn takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import (
    Call,
    Collection,
    Comparison,
    Form,
    Literal,
    Name,
    Operation,
    Starred,
    Walrus,
)
from archlint.facts.forms import parts
from archlint.facts.statements import (
    Annotate,
    Assign,
    Case,
    Delete,
    For,
    Handler,
    Jump,
    Raise,
    Return,
    Statement,
    Try,
    WithItem,
)
from archlint.project.answer import UNKNOWN
from archlint.project.flow.conditions.narrowing import is_impossible

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.flow.place import Place
    from archlint.project.flow.trace import Context


def in_last_turn(context: Context, statements: tuple[Statement, ...]) -> Context:
    """The context of a block: one that ends in `return` or `break` runs once, whatever loop is around it."""
    if not context.loops or context.caught or not statements:
        return context  # a handler may go on with the next turn
    if any(_goes_on(handler) for each in statements if isinstance(each, Try) for handler in each.handlers):
        return context
    last = statements[-1]
    if isinstance(last, (Return, Raise)):
        return replace(context, loops=())
    if isinstance(last, Jump) and last.kind == "break":
        return replace(context, loops=context.loops[:-1])
    return context


def _goes_on(handler: Handler) -> bool:
    """Whether a handler ends with the next turn: what has failed is tried again."""
    last = handler.body[-1] if handler.body else None
    return isinstance(last, Jump) and last.kind == "continue"


def is_closed(run: Place, test: Expression, *, holds: bool, depth: int) -> bool:
    """Whether a condition surely never turns out this way, in any turn of the `depth` loops around it."""
    if not is_impossible(run, test, holds=holds):
        return False
    if not depth or not _may_change(test, run.context, depth):
        return True
    for loop in run.context.loops[-depth:]:
        _forget_turns(run, loop.form)
    return False


def _forget_turns(run: Place, form: Form) -> None:
    """A way that the first turn does not take: on it, what turns give a value has that of an earlier one."""
    for name in _bound_in_turns(form):
        if name in run.path.names:
            run.path.names[name] = UNKNOWN


def _may_change(test: Expression, context: Context, depth: int) -> bool:
    """Whether one of the loops gives a name in it a value; those that the context leaves out may be any."""
    if depth > len(context.loops):
        return True
    names = set(_names(test))
    return None in names or any(not names.isdisjoint(_bound_in_turns(loop.form)) for loop in context.loops)


def _bound_in_turns(form: Form) -> Iterator[str]:
    """The names that turns give a value; what `for` itself gives them stays so until the turn is over."""
    for part in form.body if isinstance(form, For) else (form,):
        yield from _bound(part)


def _names(test: Form) -> Iterator[str | None]:
    """The names in a condition; None for what may be something else at any time."""
    if isinstance(test, Name):
        yield test.id
    elif isinstance(test, (Collection, Comparison, Operation)) or _asks_class(test):
        for part in parts(test):
            yield from _names(part)
    elif not isinstance(test, Literal):
        yield None


def _asks_class(test: Form) -> bool:
    return isinstance(test, Call) and isinstance(test.function, Name) and test.function.id == "isinstance"


def _bound(form: Form) -> Iterator[str]:
    """The names that anything inside of a statement gives a value."""
    if isinstance(form, (Assign, Delete)):
        for target in form.targets:
            yield from _held(target)
    elif isinstance(form, (Annotate, For, WithItem)):
        if form.target is not None:
            yield from _held(form.target)
    elif isinstance(form, Walrus):
        yield form.target
    elif isinstance(form, Handler):
        yield form.name
    elif isinstance(form, Case):
        yield from form.names
    for part in parts(form):
        yield from _bound(part)


def _held(target: Form) -> Iterator[str]:
    if isinstance(target, Name):
        yield target.id
    elif isinstance(target, (Collection, Starred)):
        for part in parts(target):
            yield from _held(part)
