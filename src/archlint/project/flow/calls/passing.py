"""What a call passes: its arguments, those that are spread from lists and dicts too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Starred
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.telling import is_telling
from archlint.project.flow.values import Arguments, Either, Entries, Items, Many, Value, any_of, only

if TYPE_CHECKING:
    from archlint.project.flow.place import Place

_NONE = Arguments()


def arguments_of(run: Place, form: Call) -> Arguments:
    """Evaluate the arguments of a call, in their order."""
    if not form.arguments and not form.keywords:
        return _NONE
    positional: list[Value] = []
    is_open = False
    for argument in form.arguments:
        if argument.__class__ is not Starred:
            positional.append(run.of(argument))
            continue
        spread = run.of(argument)
        if isinstance(spread, Items):
            positional += spread.items
            continue
        is_open = True
        lists = only(spread, Items)
        if lists:
            positional += dict.fromkeys(item for one in lists for item in one.items)
        elif is_telling(
            one := run.flow.each(spread, run) if isinstance(spread, Behaviour) else _one_of(spread)
        ):
            positional.append(one)
    if not form.keywords:
        return Arguments(tuple(positional), (), is_open)
    named: list[tuple[str, Value]] = []
    for keyword in form.keywords:
        value = run.of(keyword.value)
        if keyword.name:
            named.append((keyword.name, value))
        elif isinstance(value, Entries):
            named += value.values
            is_open = is_open or value.is_open
        else:
            is_open = True
    return Arguments(tuple(positional), tuple(named), is_open)


def _one_of(spread: Value) -> Value:
    """One that stands for all of a list, whatever was appended to it on one way or the other."""
    if isinstance(spread, Many):
        return spread.of
    if isinstance(spread, Items):
        return any_of(spread.items) if spread.items else UNKNOWN
    if not isinstance(spread, Either):
        return UNKNOWN
    lists = [option for option in spread.options if not (isinstance(option, Items) and not option.items)]
    return any_of(tuple([_one_of(option) for option in lists]))
