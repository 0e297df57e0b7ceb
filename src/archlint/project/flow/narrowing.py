"""What a condition tells of the names in it, on the way where it holds and on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Attribute,
    Call,
    Comparison,
    Expression,
    Literal,
    Name,
    Operation,
    Walrus,
)
from archlint.project.answer import UNKNOWN
from archlint.project.flow.values import NONE, Either, Items, Value, alternatives

if TYPE_CHECKING:
    from archlint.project.flow.evaluation import Evaluation


def narrowed(run: Evaluation, test: Expression, *, holds: bool) -> None:
    """Apply what a condition says to the names of the current path."""
    if isinstance(test, Operation) and test.operator == "not":
        narrowed(run, test.operands[0], holds=not holds)
    elif isinstance(test, Operation) and test.operator == ("and" if holds else "or"):
        for operand in test.operands:
            narrowed(run, operand, holds=holds)
    elif isinstance(test, Name):
        if holds:
            _without_none(run, test.id)
    elif isinstance(test, Walrus):
        if holds:
            _without_none(run, test.target)
    elif isinstance(test, Comparison):
        _compared(run, test, holds=holds)
    elif isinstance(test, Call) and holds:
        _asked(run, test)


def _compared(run: Evaluation, test: Comparison, *, holds: bool) -> None:
    """`x is None`, `x is not None`, `type(x) is …`."""
    if len(test.operators) != 1 or not isinstance(test.left, Name):
        return
    other, operator = test.others[0], test.operators[0]
    if not isinstance(other, Literal) or other.value is not None:
        return
    if (operator in ("is", "==") and holds) or (operator in ("is not", "!=") and not holds):
        run.path.names[test.left.id] = NONE
    elif operator in ("is", "is not", "==", "!="):
        _without_none(run, test.left.id)


def _asked(run: Evaluation, test: Call) -> None:
    """`isinstance(x, …)` makes it one of them; `hasattr(x, …)` and the like make it anything."""
    if not isinstance(test.function, (Name, Attribute)) or not test.arguments:
        return
    function = test.function.id if isinstance(test.function, Name) else test.function.attr
    subject = test.arguments[0]
    if not isinstance(subject, Name) or subject.id not in run.path.names:
        return
    if function == "isinstance" and len(test.arguments) == 2:
        run.path.names[subject.id] = _narrower(run, run.path.names[subject.id], test.arguments[1])
    elif function in ("hasattr", "callable", "issubclass"):
        run.path.names[subject.id] = UNKNOWN


def _narrower(run: Evaluation, value: Value, types: Expression) -> Value:
    """What a value is that is one of some classes; what was known of it counts more, if it is that class."""
    promised = _one_of(run, types)
    if value is UNKNOWN:
        return promised
    same = [
        o
        for o in alternatives(value)
        if run.flow.kind_of(o) and run.flow.kind_of(o) == run.flow.kind_of(promised)
    ]
    return same[0] if len(same) == 1 else UNKNOWN


def _one_of(run: Evaluation, types: Expression) -> Value:
    found = run.of(types)
    options = found.items if isinstance(found, Items) else (found,)
    return run.flow.instance_of(options[0], run) if len(options) == 1 else UNKNOWN


def _without_none(run: Evaluation, name: str) -> None:
    value = run.path.names.get(name)
    if isinstance(value, Either):
        options = tuple(option for option in alternatives(value) if option != NONE)
        run.path.names[name] = options[0] if len(options) == 1 else Either(options)
