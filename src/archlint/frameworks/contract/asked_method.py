"""What of a handler runs for one method, where it asks for the method itself."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from archlint.facts.expressions import Attribute, Collection, Comparison, Expression, Literal, Operation
from archlint.facts.statements import If, Raise, Return, Statement, Try, With

_NEGATED: Final = {"!=": "==", "not in": "in"}


def run_for(statements: tuple[Statement, ...], method: str) -> tuple[Statement, ...]:
    """The statements that may run when a request has a method: `if request.method == "POST":` is decided."""
    kept: list[Statement] = []
    for statement in statements:
        if isinstance(statement, (Try, With)):
            statement = replace(statement, body=run_for(statement.body, method))
        is_asked = _is_asked(statement.test, method) if isinstance(statement, If) else None
        if not isinstance(statement, If) or is_asked is None:
            kept.append(statement)
        else:
            kept += run_for(statement.body if is_asked else statement.orelse, method)
        if kept and _leaves(kept[-1]):
            break  # what stands below is for the other methods
    return tuple(kept)


def _leaves(statement: Statement) -> bool:
    """Whether a function is over after it."""
    if isinstance(statement, (Try, With)):
        return bool(statement.body) and _leaves(statement.body[-1])
    return isinstance(statement, (Return, Raise))


def _is_asked(test: Expression, method: str) -> bool | None:
    """Whether a condition holds for a method; None where it asks for more, or for something else."""
    if isinstance(test, Operation) and test.operator == "not" and len(test.operands) == 1:
        answer = _is_asked(test.operands[0], method)
        return None if answer is None else not answer
    if not isinstance(test, Comparison) or len(test.others) != 1 or not _is_method(test.left):
        return None
    operator, other = test.operators[0], test.others[0]
    named = _named(other)
    if named is None or _NEGATED.get(operator, operator) not in ("==", "in"):
        return None
    return (method in named) is (operator not in _NEGATED)


def _is_method(value: Expression) -> bool:
    """Whether this is `request.method`, of whatever is called so."""
    return isinstance(value, Attribute) and value.attr == "method"


def _named(value: Expression) -> frozenset[str] | None:
    items = value.items if isinstance(value, Collection) else (value,)
    names = [each.value for each in items if isinstance(each, Literal) and isinstance(each.value, str)]
    return frozenset(name.upper() for name in names) if len(names) == len(items) else None
