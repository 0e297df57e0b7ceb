"""The statements that run after one of a body, and the forms of a body whose failure nobody expects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Lambda,
    dotted,
    last_name,
)
from archlint.facts.forms import names_in, parts, walked
from archlint.facts.statements import For, If, Try, While, With
from archlint.project.tries import raises_again

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.facts.statements import Statement

_EXPECTING: Final = frozenset({"AttributeError", "BaseException", "Exception", "TypeError", ""})


def expects_none(form: Try) -> bool:
    """Whether a handler takes what an access to None raises."""
    kept = (handler for handler in form.handlers if not raises_again(handler))
    types = (each for handler in kept for each in _types(handler.type))
    return any((last_name(each) if each is not None else "") in _EXPECTING for each in types)


def _types(form: Expression | None) -> tuple[Expression | None, ...]:
    return form.items if isinstance(form, Collection) else (form,)


def after(body: tuple[Statement, ...], bound: Expression) -> tuple[Statement, ...] | None:
    """What runs once a statement has given a name its value; None where the statement is not in the body."""
    for at, form in enumerate(body):
        if getattr(form, "value", None) == bound:
            return body[at + 1 :]
        for inner in _blocks(form):
            found = after(inner, bound)
            if found is None:
                continue
            if isinstance(form, Try) and expects_none(form):
                return ()
            goes_on = isinstance(form, With) or (isinstance(form, Try) and inner is form.body)
            return (*found, *body[at + 1 :]) if goes_on else found
    return None


def _blocks(form: Statement) -> Iterator[tuple[Statement, ...]]:
    if isinstance(form, (If, For, While)):
        yield from (form.body, form.orelse)
    elif isinstance(form, With):
        yield form.body
    elif isinstance(form, Try):
        yield form.body
        yield from (handler.body for handler in form.handlers)
        yield from (form.orelse, form.final)


def unexpected(body: tuple[Statement, ...]) -> Iterator[Form]:
    """All forms of a body but those inside a `try` that expects what None raises, and in lambdas."""
    for form in body:
        blocks = tuple(_blocks(form))
        if not blocks:
            yield from _here(form)
            continue
        heads = [part for part in parts(form) if not any(part in block for block in blocks)]
        for head in heads if not isinstance(form, Try) else ():
            yield from _here(head)
        for block in blocks:
            if not (isinstance(form, Try) and block is form.body and expects_none(form)):
                yield from unexpected(block)


def sure_calls(body: tuple[Statement, ...], chain: str) -> Iterator[Call]:
    """The calls that are made whatever the root of a chain holds; none where the body speaks of the chain."""
    if any(isinstance(form, Attribute) and dotted(form) == chain for form in walked(body)):
        return
    head = chain.partition(".")[0]
    for form in body:
        if isinstance(form, Try) and expects_none(form):
            return
        if isinstance(form, (With, Try)):
            yield from sure_calls(form.body, chain)
        elif not any(_blocks(form)):
            yield from (each for each in _here(form) if isinstance(each, Call))
        if any(isinstance(each, (If, While)) and head in names_in((each.test,)) for each in walked((form,))):
            return


def _here(form: Form) -> Iterator[Form]:
    if not isinstance(form, Lambda):
        yield from walked([form]) if not any(isinstance(each, Lambda) for each in parts(form)) else (form,)
