"""Amounts that writes add and take: `account.balance -= price`, `update(stock=F("stock") - 1)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Form,
    Literal,
    Mapping,
    Name,
    Operation,
    dotted,
    last_name,
)
from archlint.facts.forms import walked_here
from archlint.facts.statements import Assign
from archlint.frameworks.places.expressions import place
from archlint.project.call_arguments import call_arguments

if TYPE_CHECKING:
    from archlint.frameworks.django.loads.execution import Asked
    from archlint.project.functions import ProjectFunction

_COUNTERS = re.compile(
    r"count|number|^num_|views?$|hits$|likes$|votes$|score$|attempts|tries$|position|order$"
)
"""What fields are called that only count; who reads them can do with a wrong one."""


class Shift(msgspec.Struct, frozen=True):
    """One field that is changed by something."""

    of: str
    """Whose it is: a name as it is written there, or the place of the write."""

    model: str
    field: str
    sign: str

    def balances(self, other: Shift) -> bool:
        """Whether one of them takes from one row what the other adds to another."""
        is_same = (self.model, self.field) == (other.model, other.field)
        return is_same and self.of != other.of and {self.sign, other.sign} == {"-", "+"}

    @property
    def counts(self) -> bool:
        """Whether the field only counts."""
        return _COUNTERS.search(self.field) is not None


Changes = dict[tuple[str, str], str]
"""The sign by which some statements change an attribute, by its owner's name and its own."""


def changes(statements: Iterable[Form]) -> Changes:
    """What is changed by something, in these statements and below."""
    found: Changes = {}
    for form in walked_here(statements):
        target = form.targets[0] if isinstance(form, Assign) and len(form.targets) == 1 else None
        sign = _sign(form) if isinstance(form, Assign) else ""
        if isinstance(target, Attribute) and isinstance(target.value, Name) and sign:
            found[target.value.id, target.attr] = sign
    return found


def _sign(form: Assign) -> str:
    """`+` or `-`; empty where the old value does not count, or something is only counted up."""
    operator, amount = form.operator, form.value
    if not operator and isinstance(amount, Operation) and len(amount.operands) > 1:
        old = amount.operands[0]
        if dotted(old) == dotted(form.targets[0]) or _is_f(old):
            operator, amount = amount.operator, amount.operands[1]
    is_one_more = operator == "+" and isinstance(amount, Literal) and amount.value == 1
    return operator if operator in ("+", "-") and not is_one_more else ""


def _is_f(form: Expression) -> bool:
    return isinstance(form, Call) and last_name(form.function) == "F"


def updated(writes: Iterable[Asked]) -> Iterator[Shift]:
    """What `update(balance=F("balance") - x)` changes."""
    for asked in writes:
        form = asked.form
        for name, value in _given(form) if asked.how == "update" and isinstance(form, Call) else ():
            is_changed = isinstance(value, Operation) and value.operator in ("+", "-")
            if is_changed and isinstance(value, Operation) and _is_f(value.operands[0]):
                yield Shift(str(place(form)), model_of(asked), name, value.operator)


def saved_for_caller(
    call: Call, function: ProjectFunction, inside: Iterable[Asked]
) -> Iterator[tuple[str, str, tuple[Shift, ...]]]:
    """What a call is given that the function saves: name and model of each, and what it changes of it."""
    saves = [asked for asked in inside if asked.how == "save"]
    if not saves:
        return
    given = dict(call_arguments(function.left_to_callers, call).by_parameter)
    if function.receiver and isinstance(call.function, Attribute):
        given[function.receiver] = call.function.value
    changed = changes(function.module.statements(function.fact))
    for asked in saves:
        name = saved_name(asked.form)
        argument = dotted(given[name]) if name in given else ""
        if argument:
            model = model_of(asked)
            yield argument, model, tuple(shifted(changed, name, model, argument))


def shifted(changed: Changes, owner: str, model: str, of: str) -> Iterator[Shift]:
    """What is changed of one owner."""
    for (name, field), sign in changed.items():
        if name == owner:
            yield Shift(of, model, field, sign)


def saved_name(form: Expression) -> str:
    """`account` of `account.save()`."""
    function = form.function if isinstance(form, Call) else None
    owner = function.value if isinstance(function, Attribute) else None
    return owner.id if isinstance(owner, Name) else ""


def posted(call: Call, function: str) -> Iterator[Shift]:
    """`post(account, -amount)`: whose it is, the amount and its sign."""
    given = [("", argument) for argument in call.arguments]
    given += [(keyword.name, keyword.value) for keyword in call.keywords]
    for index, (name, value) in enumerate(given):
        is_less = isinstance(value, Operation) and value.operator == "-" and len(value.operands) == 1
        amount = value.operands[0] if isinstance(value, Operation) and is_less else value
        if isinstance(amount, (Name, Attribute)):
            others = [call.function, *(other for at, (_, other) in enumerate(given) if at != index)]
            of = ", ".join(dotted(other) or str(place(other)) for other in others)
            yield Shift(of, function, f"{name or index}={dotted(amount)}", "-" if is_less else "+")


def model_of(asked: Asked) -> str:
    """The key of the model that is written; empty where the framework writes."""
    objects = asked.sets or asked.objects
    return objects[0].model if objects else ""


def _given(form: Call) -> Iterator[tuple[str, Expression]]:
    """The keyword arguments of a call, those in a dict that is spread too."""
    for keyword in form.keywords:
        if isinstance(keyword.value, Mapping) and not keyword.name:
            pairs = zip(keyword.value.keys, keyword.value.values, strict=True)
            yield from ((str(key.value), value) for key, value in pairs if isinstance(key, Literal))
        else:
            yield keyword.name, keyword.value
