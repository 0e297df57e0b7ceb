"""Where dependencies of FastAPI answer 401 or 403, and whether they do for a request without a token."""

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
    says,
)
from archlint.facts.forms import passed_values, walked
from archlint.facts.statements import If, Raise, Return

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction


def refuses(function: ProjectFunction) -> bool:
    """Whether a dependency raises 401 or 403, on whatever way through it."""
    return any(map(_is_refused, walked(function.module.statements(function.fact))))


def refuses_none(function: ProjectFunction, names: frozenset[str]) -> bool:
    """Whether a function surely does so where some names are None: before it asks anything else."""
    for statement in function.module.statements(function.fact):
        if isinstance(statement, If) and _is_absent(statement.test, names):
            return any(map(_is_refused, statement.body))
        if any(isinstance(form, (Return, Raise)) for form in walked((statement,))):
            return False
    return False


def gives_none(function: ProjectFunction) -> bool:
    """Whether a function returns None somewhere, in so many words."""
    returned = (e for e in walked(function.module.statements(function.fact)) if isinstance(e, Return))
    return any(each.value is None or says(each.value, None) for each in returned)


def _is_absent(test: Expression, names: frozenset[str]) -> bool:
    """Whether a condition holds if one of some names is None: `user is None`, `not user or …`."""
    if isinstance(test, Operation) and test.operator == "or":
        return any(_is_absent(each, names) for each in test.operands)
    if isinstance(test, Operation) and test.operator == "not":
        asked = test.operands[0]
    elif isinstance(test, Comparison) and test.operators in (("is",), ("==",)) and says(test.others[0], None):
        asked = test.left
    else:
        return False
    return isinstance(asked, Name) and asked.id in names


def _is_refused(form: object) -> bool:
    raised = form.value if isinstance(form, Raise) else None
    return isinstance(raised, Call) and any(map(_is_refusal, passed_values(raised)))


def _is_refusal(value: Expression) -> bool:
    if isinstance(value, Literal):
        return value.value in (401, 403)
    return isinstance(value, Attribute) and value.attr.startswith(("HTTP_401", "HTTP_403"))
