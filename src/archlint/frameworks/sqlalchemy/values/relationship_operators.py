"""Operators of relationships: those to one object know `has`, those to many `any` and `contains`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.orm import Cardinality
from archlint.frameworks.sqlalchemy.values.expressions import Attr
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.project.flow.trace import Called, Operated, Trace
from archlint.project.flow.values import alternatives, something

if TYPE_CHECKING:
    from archlint.project.project import Project

_OF_ONE = frozenset({"has"})
_OF_MANY = frozenset({"any", "contains"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One operator of a relationship."""

    trace: Trace
    form: Expression
    attr: Attr
    operator: str
    is_of_many: bool
    """Whether the relationship leads to many."""

    @property
    def fits(self) -> bool:
        """Whether relationships of its kind have the operator."""
        return self.operator in (_OF_MANY if self.is_of_many else _OF_ONE)


def asked_operators(project: Project) -> Iterator[Asked]:
    """Every operator of a relationship that leads to one or to many."""
    flow = project.view(DataFlow)
    for trace, called in flow.events(Called):
        if called.name in _OF_ONE | _OF_MANY and called.receiver is not None:
            for option in something(called.receiver):
                yield from _asked(trace, called.form, option, called.name)
    for trace, operated in flow.events(Operated):
        operator = getattr(operated.form, "operators", ("",))[0]
        if operator in ("==", "!=") and len(operated.operands) == 2:
            for left, right in (operated.operands, operated.operands[::-1]):
                if any(isinstance(option, Instance) for option in alternatives(right)):
                    yield from _compared(trace, operated.form, left, operator)


def _asked(trace: Trace, form: Expression, value: object, operator: str) -> Iterator[Asked]:
    if not isinstance(value, Attr) or value.relation is None:
        return
    if value.relation.cardinality is not Cardinality.UNKNOWN:
        yield Asked(trace, form, value, operator, value.relation.cardinality.is_collection)


def _compared(trace: Trace, form: Expression, value: object, operator: str) -> Iterator[Asked]:
    """A comparison with an object: only relationships to one have it."""
    for asked in _asked(trace, form, value, operator):
        if asked.is_of_many:
            yield asked
