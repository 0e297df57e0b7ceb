"""Loops that take or add in one turn, and refuse in a later one: what was done so far stays.

What only says how something is may be said again; what was taken is taken twice when somebody tries again.
"""

from __future__ import annotations

from collections.abc import Sequence

from archlint.facts.expressions import Form, Name
from archlint.facts.forms import walked_here
from archlint.facts.statements import Assign, For, Jump, Raise, Return, Statement
from archlint.frameworks.django.writes.halves import (
    Half,
    blocks,
    is_posted,
    known_shifts,
    mentioned,
    written_in,
)
from archlint.frameworks.django.writes.progress import Torn, refuses
from archlint.frameworks.django.writes.shifts import Shift


def torn_turns(body: tuple[Statement, ...], writes: Sequence[Half]) -> Torn | None:
    """The first write of a loop that stays when another turn refuses."""
    for block in blocks(body):
        for statement in block:
            torn = _torn(statement, writes) if isinstance(statement, For) else None
            if torn is not None:
                return torn
    return None


def _torn(loop: For, writes: Sequence[Half]) -> Torn | None:
    inside = [one for one in written_in(loop.body, writes) if not one.mark.in_transaction]
    names = _names_of_turn(loop)
    for half, shift in known_shifts(loop.body, inside) if inside else ():
        failure = half.mark.form if half.mark.fails else _refusal(loop)
        if failure is None or shift.counts or is_posted(half, shift):
            continue
        if _is_of_turn(half, shift, names) and _goes_on(loop, half):
            return Torn(half.mark, failure, half.mark)
    return None


def _names_of_turn(loop: For) -> set[str]:
    """What another turn has another value of."""
    assigned = [one for one in walked_here(loop.body) if isinstance(one, Assign)]
    targets: list[Form] = [loop.target, *(target for one in assigned for target in one.targets)]
    return {one.id for one in walked_here(targets) if isinstance(one, Name)}


def _is_of_turn(half: Half, shift: Shift, names: set[str]) -> bool:
    """Whether each turn changes another row."""
    changed = {shift.of.partition(".")[0]} if shift.of[:1].isalpha() else mentioned(half.mark.form)
    return not names.isdisjoint(changed)


def _goes_on(loop: For, half: Half) -> bool:
    """Whether there may be a turn after the write: `product.save()` and then `break` is the last."""
    left = (block for block in blocks(loop.body) if block and _is_left(block[-1]))
    return not any(written_in(block, [half]) for block in left)


def _is_left(statement: Statement) -> bool:
    return isinstance(statement, Return) or (isinstance(statement, Jump) and statement.kind == "break")


def _refusal(loop: For) -> Form | None:
    """What a turn raises where nothing in the loop catches it."""
    statements = (statement for block in blocks(loop.body) for statement in block)
    return next((one for one in statements if isinstance(one, Raise) and refuses(one)), None)
