"""Calls whose result goes nowhere, or is taken for what it is by reading, iterating or comparing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import Enum

from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Comparison,
    Conditional,
    Expression,
    Form,
    Generator,
    Lambda,
    Name,
    Operation,
    Subscript,
    Walrus,
    last_name,
)
from archlint.facts.expressions import (
    Collection as Display,
)
from archlint.facts.forms import parts, walked
from archlint.facts.statements import Assign, DefineFunction, Evaluate, For, If, While, With
from archlint.project.summaries import Summary

_TELLING = frozenset({"getattr", "hasattr", "isawaitable", "iscoroutine", "isinstance", "type"})
"""Who asks these about a value knows that it may be something else."""

_CONSUMING = frozenset({"dict", "enumerate", "float", "int", "len", "list", "set", "sorted", "sum", "tuple"})
"""Builtins that fail at once for what is no value of their kind."""


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


def kept_calls(summary: Summary, statements: Iterable[Form], allowed: Collection[str] = ()) -> Iterator[Call]:
    """The calls whose result gets a name, and nothing else ever does, of which something is asked then.

    A name that is awaited somewhere, or that another function sees, is left alone.
    """
    kept = {
        name: bound[0].value
        for name, bound in summary.bound.items()
        if len(bound) == 1
        and bound[0].how == "assign"
        and isinstance(bound[0].value, Call)
        and name not in summary.inner
    }
    forms = list(walked(list(statements))) if kept else []
    for form in forms:
        for each in _let_alone(form):
            kept.pop(last_name(each), None)
    for form in forms:
        if isinstance(form, Attribute) and form.attr in allowed:
            continue
        for each in _asked(form):
            call = kept.pop(each.id, None) if isinstance(each, Name) else None
            if isinstance(call, Call):
                yield call


def _let_alone(form: Form) -> Iterable[Form]:
    """The forms in another that it may await, or ask what they are."""
    if isinstance(form, Await):
        return (form.value,)
    if isinstance(form, (DefineFunction, Lambda)):
        return [each for each in walked([form]) if isinstance(each, Name)]
    is_telling = isinstance(form, Call) and last_name(form.function) in _TELLING
    return form.arguments if isinstance(form, Call) and is_telling else ()


def _asked(form: Form) -> tuple[Form, ...]:
    """The forms of which a form asks something right away, under a name that they get there or not."""
    return tuple(each.value if isinstance(each, Walrus) else each for each in _subjects(form))


def _subjects(form: Form) -> tuple[Form, ...]:
    if isinstance(form, (Attribute, Subscript)):
        return (form.value,)
    if isinstance(form, (Conditional, If, While)):
        return tuple(_conditions(form.test))
    if isinstance(form, Operation) and form.operator == "not":
        return tuple(_conditions(form.operands[0]))
    if isinstance(form, (For, Generator)):
        return (form.iterable,)
    if isinstance(form, Assign) and any(isinstance(each, Display) for each in form.targets):
        return (form.value,)
    if isinstance(form, With):
        return tuple(item.context for item in form.items)
    if isinstance(form, Call) and isinstance(form.function, Name) and form.function.id in _CONSUMING:
        return form.arguments[:1]
    if isinstance(form, Comparison) and any(each in ("<", ">", "<=", ">=") for each in form.operators):
        return (form.left, *form.others)
    return ()


def _conditions(test: Expression) -> Iterator[Expression]:
    """What a test asks for its truth, one by one: both sides of an `and`."""
    if isinstance(test, Operation) and test.operator in ("and", "or"):
        for each in test.operands:
            yield from _conditions(each)
    else:
        yield test
