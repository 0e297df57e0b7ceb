"""Writes of which one without the other makes no sense, whatever stands between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, TypeGuard

import msgspec
from msgspec.structs import replace

from archlint.facts.expressions import Attribute, Call, Expression, Form, Name, dotted
from archlint.facts.forms import walked_here
from archlint.facts.statements import (
    Assign,
    Evaluate,
    For,
    If,
    Raise,
    Statement,
    Try,
    With,
)
from archlint.frameworks.django.writes.progress import Mark, Torn
from archlint.frameworks.django.writes.shifts import (
    Shift,
    changes,
    model_of,
    posted,
    saved_for_caller,
    saved_name,
    shifted,
    updated,
)
from archlint.frameworks.places.expressions import place
from archlint.project.tries import raises_again

if TYPE_CHECKING:
    from archlint.frameworks.django.loads.execution import Asked
    from archlint.project.functions import ProjectFunction

_MANY = frozenset({"create", "bulk_create"})

CALL = "call"
"""How a function of the project writes, by whatever is in it."""


class Half(msgspec.Struct, frozen=True):
    """One write, with what tells which other one belongs to it."""

    mark: Mark
    how: str
    model: str
    """Key of the model; empty where the framework writes; of a call, the function."""

    shifts: tuple[Shift, ...] = ()
    """What it changes by something, in the function that is called too."""

    saved: tuple[tuple[str, str], ...] = ()
    """What a function saves of that which it is given: the name in the call, and the model."""

    makes: frozenset[str] = frozenset()
    """The models of which it makes new rows."""

    makes_many: bool = False
    """It makes any number of them by itself."""


def half(mark: Mark, asked: Asked | None) -> Half:
    """A write as one half."""
    if asked is None:
        return Half(mark, "save", "")
    return Half(
        mark,
        asked.how,
        model_of(asked),
        tuple(updated((asked,))),
        makes=_made((asked,)),
        makes_many=asked.how == "bulk_create",
    )


def called_half(
    mark: Mark, function: ProjectFunction, inside: Sequence[Asked], behind: Sequence[Asked] = ()
) -> Half:
    """What a call of a function writes as one half; `behind`: in the function that it only leads to."""
    spot = str(place(mark.form))
    found = [replace(shift, of=spot) for shift in updated((*inside, *behind))]
    saved = list(saved_for_caller(mark.form, function, inside))
    found += [shift for *_, shifts in saved for shift in shifts]
    is_balanced = any(one.balances(other) for one in found for other in found)
    owners = tuple((name, model) for name, model, _ in saved)
    made = [asked for asked in inside if asked.how in _MANY]
    makes_many = any(asked.how == "bulk_create" or asked.context.loops for asked in made)
    shifts = () if is_balanced else tuple(found)
    return Half(mark, CALL, function.name, shifts, owners, _made(made), makes_many)


def _made(writes: Iterable[Asked]) -> frozenset[str]:
    return frozenset(model_of(asked) for asked in writes if asked.how in _MANY) - {""}


def halves(body: tuple[Statement, ...], writes: Sequence[Half]) -> Torn | None:
    """The first two writes of a body that are two halves of one."""
    if all(one.mark.in_transaction for one in writes) or len(writes) < 2:
        return None
    for block in blocks(body):
        own = [(statement, _held(statement, writes)) for statement in block]
        inside = [one for _, here in own for one in here]
        known = known_shifts(block, inside)
        torn = _pair(own) or _moved(known) or _booked(inside, known)
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
    is_many = second.makes_many or (isinstance(later, For) and second.how == "create")
    if not isinstance(statement, Assign) or not is_many:
        return False
    if first.how not in ("create", "save") or place(statement.value) != place(first.mark.form):
        return False
    names = {dotted(target) for target in statement.targets} - {""}
    given = walked_here((second.mark.form,))
    return any(isinstance(one, (Name, Attribute)) and dotted(one) in names for one in given)


def _replaces(statement: Statement, first: Half, later: Statement, second: Half) -> bool:
    """What is deleted and made anew from other values: the lines of an order that was changed."""
    if first.how not in ("delete", "clear") or first.model not in second.makes:
        return False
    is_plain = isinstance(statement, (Assign, Evaluate)) and place(statement.value) == place(first.mark.form)
    return is_plain and (second.makes_many or isinstance(later, For))


def known_shifts(block: Sequence[Statement], writes: Sequence[Half]) -> list[tuple[Half, Shift]]:
    """What each write changes by something, as far as the block tells."""
    changed = changes(statement for statement in block if isinstance(statement, Assign))
    known: list[tuple[Half, Shift]] = []
    for one in writes:
        known += [(one, shift) for shift in one.shifts]
        owners = list(one.saved)
        if one.how == "save":
            owners.append((saved_name(one.mark.form), one.model))
        for owner, model in owners:
            known += [(one, shift) for shift in shifted(changed, owner, model, owner)]
        if one.how == CALL:
            known += [(one, shift) for shift in posted(one.mark.form, one.model)]
    return known


def _moved(known: Sequence[tuple[Half, Shift]]) -> Torn | None:
    """What one row loses and another gets: `a.balance -= x`, `b.balance += x`."""
    for index, (first, shift) in enumerate(known):
        for second, other in known[index + 1 :]:
            if first is not second and not _are_together(first, second) and shift.balances(other):
                return Torn(first.mark, second.mark.form, second.mark)
    return None


def _booked(writes: Sequence[Half], known: Sequence[tuple[Half, Shift]]) -> Torn | None:
    """A new row, and what it takes from a row that it names: `Order(product=p)`, `p.stock -= 1`."""
    for made in writes:
        if made.how != "create":
            continue
        names = {dotted(keyword.value) for keyword in made.mark.form.keywords} - {""}
        for other, shift in known:
            if other is made or _are_together(other, made) or is_posted(other, shift) or shift.counts:
                continue
            if shift.of in names or (other.how == "update" and names & mentioned(other.mark.form)):
                first, second = sorted((made, other), key=lambda one: place(one.mark.form))
                return Torn(first.mark, second.mark.form, second.mark)
    return None


def _are_together(first: Half, second: Half) -> bool:
    """Whether both are in a transaction: nobody asks here whether in the same one."""
    return first.mark.in_transaction and second.mark.in_transaction


def is_posted(half: Half, shift: Shift) -> bool:
    """Whether only the sign in a call tells that something is changed, and of no row that is known."""
    return half.how == CALL and shift.model == half.model


def mentioned(form: Expression) -> set[str]:
    """The names in an expression, with those that they are attributes of: `product` of `product.pk`."""
    names = {dotted(one) for one in walked_here((form,)) if isinstance(one, (Name, Attribute))}
    return names | {name.rpartition(".")[0] for name in names} - {""}


def blocks(body: tuple[Statement, ...]) -> Iterator[tuple[Statement, ...]]:
    """A body and the bodies inside it, but those that something holds together or catches."""
    yield body
    for statement in body:
        if isinstance(statement, If):
            yield from blocks(statement.body)
            yield from blocks(statement.orelse)
        elif isinstance(statement, For) or _catches_nothing(statement):
            yield from blocks(statement.body)


def _catches_nothing(statement: Statement) -> TypeGuard[Try]:
    return isinstance(statement, Try) and all(map(raises_again, statement.handlers))


def _held(statement: Statement, writes: Sequence[Half]) -> list[Half]:
    """The writes that a statement makes, but where something else than a transaction holds them."""
    is_held = isinstance(statement, With)
    if isinstance(statement, Try) and not _only_translates(statement, writes):
        return []
    found = written_in((statement,), writes)
    return [one for one in found if one.mark.in_transaction is is_held]


def written_in(body: Iterable[Form], writes: Sequence[Half]) -> list[Half]:
    """Those of some writes that a piece of code makes."""
    calls = {place(call) for call in walked_here(body) if isinstance(call, Call)}
    return [one for one in writes if place(one.mark.form) in calls]


def _only_translates(statement: Try, writes: Sequence[Half]) -> bool:
    """Whether each handler, if any, raises something and does nothing: the failure is one all the same."""
    return all(
        isinstance(handler.body[-1], Raise) and not written_in(handler.body, writes)
        for handler in statement.handlers
    )
