"""Where queries speak of what only Python computes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Comparison, Expression, Operation
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.constructs import Construct
from archlint.frameworks.sqlalchemy.values.expressions import Attr, PythonProperty
from archlint.frameworks.sqlalchemy.values.options import Loader
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.flow.trace import Called, Operated, Trace
from archlint.project.flow.values import Value, alternatives

if TYPE_CHECKING:
    from archlint.project.project import Project

_OF_PYTHON = frozenset({"and", "in", "is", "is not", "not", "not in", "or"})
_MEMBERS = frozenset(dir(property()))


class Spoken(msgspec.Struct, frozen=True):
    """One property that is taken for a column."""

    trace: Trace
    form: Expression
    of: PythonProperty
    is_compared: bool


def properties_in_queries(project: Project) -> Iterator[Spoken | None]:
    """Properties that are compared, asked for a method of a column, or given to a statement.

    None for an attribute that is mapped.
    """
    flow = project.view(DataFlow)
    for trace, operated in flow.events(Operated):
        form = operated.form
        if _OF_PYTHON.isdisjoint(form.operators if isinstance(form, Comparison) else (form.operator,)):
            forms = form.operands if isinstance(form, Operation) else (form.left, *form.others)
            for each, value in zip(forms, operated.operands, strict=False):
                if isinstance(value, PythonProperty):
                    yield Spoken(trace, each, value, isinstance(form, Comparison))
                elif isinstance(value, Attr):
                    yield None
    for trace, called in flow.events(Called):
        receiver = called.receiver
        if isinstance(receiver, PythonProperty) and called.name not in _MEMBERS:
            yield Spoken(trace, called.form, receiver, False)
        elif _is_of_query(called):
            for given, value in zip(called.form.arguments, called.arguments.positional, strict=False):
                if isinstance(value, PythonProperty):
                    yield Spoken(trace, given, value, False)


def _is_of_query(called: Called) -> bool:
    """Whether a call builds a statement or a clause."""
    if isinstance(called.callee, (Construct, Loader)):
        return True
    receiver: Value | None = called.receiver
    return receiver is not None and all(isinstance(each, Statement) for each in alternatives(receiver))
