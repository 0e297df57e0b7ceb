"""Calls whose result goes nowhere, or is taken for what it is by reading, iterating or comparing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import Enum

from archlint.facts.expressions import Attribute, Call, Comparison, Form, Lambda, Subscript
from archlint.facts.forms import parts
from archlint.facts.statements import Evaluate, For, If, While, With


class Taking(Enum):
    """What happens to the result of a call."""

    DROPPED = "dropped"
    """The call is a statement by itself."""

    USED = "used"
    """Something is asked of it: an attribute, an item, its truth, an order."""


def taken_calls(statements: Iterable[Form], allowed: Collection[str] = ()) -> Iterator[tuple[Call, Taking]]:
    """The calls of a body whose results go no further, with what happens to them; not those in a lambda.

    Attributes that are `allowed` may be asked of all of them.
    """
    waiting: list[Form] = list(statements)
    while waiting:
        form = waiting.pop()
        if isinstance(form, Lambda):
            continue
        if isinstance(form, Evaluate) and isinstance(form.value, Call):
            yield form.value, Taking.DROPPED
        is_allowed = isinstance(form, Attribute) and form.attr in allowed
        for each in () if is_allowed else _asked(form):
            if isinstance(each, Call):
                yield each, Taking.USED
        waiting += parts(form)


def _asked(form: Form) -> tuple[Form, ...]:
    """The forms of which a form asks something right away."""
    if isinstance(form, (Attribute, Subscript)):
        return (form.value,)
    if isinstance(form, (If, While)):
        return (form.test,)
    if isinstance(form, For):
        return (form.iterable,)
    if isinstance(form, With):
        return tuple(item.context for item in form.items)
    if isinstance(form, Comparison) and any(each in ("<", ">", "<=", ">=") for each in form.operators):
        return (form.left, *form.others)
    return ()
