"""The calls that a body surely makes, unless something raises before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Comprehension, Conditional, Form, Lambda, Operation
from archlint.facts.forms import parts, walked
from archlint.facts.statements import For, If, Jump, Match, Return, Try, While, With

if TYPE_CHECKING:
    from archlint.facts.statements import Statement


def sure_calls(body: Iterable[Statement]) -> Iterator[Call]:
    """Those before a `return` that only sometimes runs; a way out by `raise` is none that goes on."""
    for form in body:
        yield from _of(form)
        if _may_end(form):
            return


def _of(form: Form) -> Iterator[Call]:
    if isinstance(form, Try):
        yield from () if form.handlers else sure_calls(form.body)
    elif isinstance(form, With):
        for item in form.items:
            yield from _of(item.context)
        yield from sure_calls(form.body)
    elif isinstance(form, If):
        yield from _of(form.test)
    elif isinstance(form, For):
        yield from _of(form.iterable)
    elif not isinstance(form, (Lambda, Match, While)):
        yield from _evaluated(form)


def _evaluated(form: Form) -> Iterator[Call]:
    """The calls of an expression or a simple statement, the inner ones first."""
    inside = parts(form)
    if isinstance(form, Comprehension):
        inside = (form.generators[0].iterable,)
    elif isinstance(form, Conditional) or (isinstance(form, Operation) and form.operator in ("and", "or")):
        inside = inside[:1]
    for part in inside:
        if not isinstance(part, Lambda):
            yield from _evaluated(part)
    if isinstance(form, Call):
        yield form


def _may_end(form: Statement) -> bool:
    """Whether a body may be left here without failing."""
    if isinstance(form, (If, For, While, Match, Try, With)):
        return any(isinstance(each, (Return, Jump)) and not _is_pass(each) for each in walked([form]))
    return isinstance(form, Return)


def _is_pass(form: Return | Jump) -> bool:
    return isinstance(form, Jump) and form.kind == "pass"
