"""Operators of relationships: those to one object know `has`, those to many `any` and `contains`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.orm import Cardinality
from archlint.frameworks.sqlalchemy.values.cells import Cell
from archlint.frameworks.sqlalchemy.values.expressions import Attr
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.project.flow.trace import Called, Operated, Trace
from archlint.project.flow.values import NONE, Constant, Items, Value, alternatives, something

if TYPE_CHECKING:
    from archlint.project.project import Project

_OF_ONE: Final = frozenset({"has"})
_OF_MANY: Final = frozenset({"any", "contains"})
_EQUAL: Final = frozenset({"==", "!="})
_ORDERED: Final = frozenset({"<", "<=", ">", ">="})
_OF_COLUMNS: Final = frozenset(
    {
        "between",
        "desc",
        "endswith",
        "ilike",
        "in_",
        "is_",
        "is_not",
        "isnot",
        "like",
        "match",
        "not_ilike",
        "not_in",
        "not_like",
        "notin_",
        "startswith",
    }
)
"""What columns have, and no relationship implements."""


class Asked(msgspec.Struct, frozen=True):
    """One operator of a relationship."""

    trace: Trace
    form: Expression
    attr: Attr
    operator: str
    is_of_many: bool
    """Whether the relationship leads to many."""

    is_with_value: bool = False
    """Whether the other side is a plain value or a column, and no object."""

    @property
    def is_for_columns(self) -> bool:
        """Whether no relationship has the operator, and columns have."""
        return self.operator in _OF_COLUMNS or self.operator in _ORDERED

    @property
    def fits(self) -> bool:
        """Whether relationships of its kind have the operator, and take what it is given."""
        if self.is_with_value or self.is_for_columns:
            return False
        return self.operator in (_OF_MANY if self.is_of_many else _OF_ONE)


def asked_operators(project: Project) -> Iterator[Asked]:
    """Every operator of a relationship that leads to one or to many."""
    flow = project.view(DataFlow)
    for trace, called in flow.events(Called):
        if called.name in _OF_ONE | _OF_MANY | _OF_COLUMNS and called.receiver is not None:
            for option in something(called.receiver):
                for asked in _asked(trace, called.form, option, called.name):
                    yield _holding(asked, called)
    for trace, operated in flow.events(Operated):
        operator = getattr(operated.form, "operators", ("",))[0]
        if operator in _EQUAL | _ORDERED and len(operated.operands) == 2:
            yield from _compared(trace, operated.form, operated.operands, operator)


def _asked(
    trace: Trace, form: Expression, value: object, operator: str, *, is_with_value: bool = False
) -> Iterator[Asked]:
    if (
        not isinstance(value, Attr)
        or value.relation is None
        or "comparator_factory" in value.relation.options
    ):
        return
    if value.relation.cardinality is not Cardinality.UNKNOWN:
        is_of_many = value.relation.cardinality.is_collection
        yield Asked(trace, form, value, operator, is_of_many, is_with_value)


def _holding(asked: Asked, called: Called) -> Asked:
    """`contains(…)` takes an object."""
    given = called.arguments.positional
    is_with_value = asked.operator == "contains" and asked.is_of_many and bool(given) and _is_value(given[0])
    return Asked(asked.trace, asked.form, asked.attr, asked.operator, asked.is_of_many, is_with_value)


def _compared(trace: Trace, form: Expression, operands: tuple[Value, ...], operator: str) -> Iterator[Asked]:
    """A comparison: with an object only relationships to one have it, and none with a plain value."""
    left, right = operands
    if operator in _ORDERED or _is_value(right):
        yield from _asked(trace, form, left, operator, is_with_value=operator in _EQUAL)
        return
    for one, other in (operands, operands[::-1]):
        if any(isinstance(option, Instance) for option in alternatives(other)):
            yield from (asked for asked in _asked(trace, form, one, operator) if asked.is_of_many)


def _is_value(value: Value) -> bool:
    """Whether it surely is no object of a mapped class, and not None, which stands for none of them."""
    options = alternatives(value)
    return all(isinstance(option, (Attr, Cell, Constant, Items)) and option != NONE for option in options)
