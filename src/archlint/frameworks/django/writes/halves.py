"""Writes of which one without the other makes no sense, whatever stands between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Literal,
    Mapping,
    Name,
    Operation,
    dotted,
    last_name,
)
from archlint.facts.forms import walked_here
from archlint.facts.statements import (
    Assign,
    Evaluate,
    For,
    If,
    Statement,
    Try,
    With,
)
from archlint.frameworks.django.writes.progress import Mark, Torn
from archlint.frameworks.places.expressions import place

if TYPE_CHECKING:
    from archlint.frameworks.django.loads.execution import Asked
    from archlint.project.functions import ProjectFunction

_MANY = frozenset({"create", "bulk_create"})

Shift: TypeAlias = tuple[str, str, str]
"""A model or a function, a field or an amount, and the sign by which that is changed."""

CALL = "call"
"""How a function of the project writes, by whatever is in it."""


class Half(msgspec.Struct, frozen=True):
    """One write, with what tells which other one belongs to it."""

    mark: Mark
    how: str
    model: str
    """Key of the model; empty where the framework writes; of a call, the function."""

    shifts: tuple[Shift, ...] = ()
    """What updates change by something, in the function that is called too."""


def half(mark: Mark, asked: Asked | None) -> Half:
    """A write as one half."""
    if asked is None:
        return Half(mark, "save", "")
    return Half(mark, asked.how, _model(asked), tuple(_shifts((asked,))))


def called_half(mark: Mark, function: ProjectFunction, inside: Iterable[Asked]) -> Half:
    """What a call of a function writes as one half."""
    return Half(mark, CALL, function.name, tuple(_shifts(inside)))


def _model(asked: Asked) -> str:
    objects = asked.sets or asked.objects
    return objects[0].model if objects else ""


def halves(body: tuple[Statement, ...], writes: Sequence[Half]) -> Torn | None:
    """The first two writes of a body that are two halves of one."""
    loose = [one for one in writes if not one.mark.in_transaction]
    if len(loose) < 2:
        return None
    for block in _blocks(body):
        own = [(statement, _held(statement, loose)) for statement in block]
        torn = _pair(own) or _moved(block, [one for _, here in own for one in here])
        if torn is not None:
            return torn
    return None


def _pair(own: Sequence[tuple[Statement, list[Half]]]) -> Torn | None:
    """The first write of a block that has its other half in a later statement."""
    for index, (statement, here) in enumerate(own):
        for first, (later, there) in product(here, own[index + 1 :]):
            second = next((one for one in there if _belongs(statement, first, later, one)), None)
            if second is not None:
                return Torn(first.mark, second.mark.form, second.mark)
    return None


def _belongs(statement: Statement, first: Half, later: Statement, second: Half) -> bool:
    return _is_part(statement, first, later, second) or _replaces(statement, first, later, second)


def _is_part(statement: Statement, first: Half, later: Statement, second: Half) -> bool:
    """A loop that makes the parts of what was made before: the lines of an order."""
    if not isinstance(statement, Assign) or not isinstance(later, For) or second.how != "create":
        return False
    if first.how not in ("create", "save") or place(statement.value) != place(first.mark.form):
        return False
    names = {dotted(target) for target in statement.targets} - {""}
    given = walked_here((second.mark.form,))
    return any(isinstance(one, (Name, Attribute)) and dotted(one) in names for one in given)


def _replaces(statement: Statement, first: Half, later: Statement, second: Half) -> bool:
    """What is deleted and made anew from other values: the lines of an order that was changed."""
    if first.how not in ("delete", "clear") or second.how not in _MANY or first.model != second.model:
        return False
    is_plain = isinstance(statement, (Assign, Evaluate)) and place(statement.value) == place(first.mark.form)
    return is_plain and (second.how == "bulk_create" or isinstance(later, For))


def _moved(block: Sequence[Statement], writes: Sequence[Half]) -> Torn | None:
    """What one row loses and another gets: `a.balance -= x`, `b.balance += x`."""
    changed = {
        (target.value.id, target.attr): statement.operator
        for statement in block
        if isinstance(statement, Assign)
        for target in statement.targets
        if isinstance(target, Attribute) and isinstance(target.value, Name)
    }
    known: list[tuple[Half, str, Shift]] = []
    for one in writes:
        spot = str(place(one.mark.form))
        owner = one.mark.form.function.value if isinstance(one.mark.form.function, Attribute) else None
        known += [(one, spot, shift) for shift in one.shifts]
        if one.how == "save" and isinstance(owner, Name):
            known += [
                (one, owner.id, (one.model, field, sign))
                for (of, field), sign in changed.items()
                if of == owner.id
            ]
        elif one.how == CALL:
            known += [(one, of, (one.model, amount, sign)) for of, amount, sign in _posted(one.mark.form)]
    for index, (first, of, (model, field, sign)) in enumerate(known):
        for second, other, shift in known[index + 1 :]:
            if of != other and shift[:2] == (model, field) and {sign, shift[2]} == {"-", "+"}:
                return Torn(first.mark, second.mark.form, second.mark)
    return None


def _shifts(writes: Iterable[Asked]) -> Iterator[Shift]:
    """The fields that `update(balance=F("balance") - x)` changes by something, with the sign."""
    for asked in writes:
        form = asked.form
        for name, value in _given(form) if asked.how == "update" and isinstance(form, Call) else ():
            if isinstance(value, Operation) and value.operator in ("+", "-"):
                inner = value.operands[0]
                if isinstance(inner, Call) and last_name(inner.function) == "F":
                    yield _model(asked), name, value.operator


def _given(form: Call) -> Iterator[tuple[str, Expression]]:
    """The keyword arguments of a call, those in a dict that is spread too."""
    for keyword in form.keywords:
        if isinstance(keyword.value, Mapping) and not keyword.name:
            pairs = zip(keyword.value.keys, keyword.value.values, strict=True)
            yield from ((str(key.value), value) for key, value in pairs if isinstance(key, Literal))
        else:
            yield keyword.name, keyword.value


def _posted(form: Call) -> Iterator[tuple[str, str, str]]:
    """`post(account, -amount)`: whose it is, the amount and its sign."""
    given = [("", argument) for argument in form.arguments]
    given += [(keyword.name, keyword.value) for keyword in form.keywords]
    for index, (name, value) in enumerate(given):
        is_less = isinstance(value, Operation) and value.operator == "-" and len(value.operands) == 1
        amount = value.operands[0] if isinstance(value, Operation) and is_less else value
        if isinstance(amount, (Name, Attribute)):
            others = [form.function, *(other for at, (_, other) in enumerate(given) if at != index)]
            of = ", ".join(dotted(other) or str(place(other)) for other in others)
            yield of, f"{name or index}={dotted(amount)}", "-" if is_less else "+"


def _blocks(body: tuple[Statement, ...]) -> Iterator[tuple[Statement, ...]]:
    """A body and the bodies inside it, but those that something holds together or catches."""
    yield body
    for statement in body:
        if isinstance(statement, If):
            yield from _blocks(statement.body)
            yield from _blocks(statement.orelse)
        elif isinstance(statement, For):
            yield from _blocks(statement.body)


def _held(statement: Statement, writes: Sequence[Half]) -> list[Half]:
    """The writes that a statement makes, where nothing holds them together or catches them."""
    if isinstance(statement, (With, Try)):
        return []
    calls = {place(form) for form in walked_here((statement,)) if isinstance(form, Call)}
    return [one for one in writes if place(one.mark.form) in calls]
