"""Rows that are fetched for nothing but their number, or to see whether there are any.

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#when-querysets-are-evaluated
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Call,
    Comparison,
    Comprehension,
    Conditional,
    Expression,
    Form,
    Literal,
    Name,
    Operation,
)
from archlint.facts.forms import parts
from archlint.facts.statements import Assert, Assign, If, While
from archlint.frameworks.places.expressions import place

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction

Spot = tuple[int, int]


class UnusedRows:
    """Answers for the query sets that one function evaluates."""

    def __init__(self, function: ProjectFunction) -> None:
        self._loads: dict[str, int] = {}
        self._asked: dict[str, int] = {}
        self._assigned: dict[str, int] = {}
        self._tests: set[Spot] = set()
        self._numbers: set[Spot] = set()
        """Of each `len(rows)` that stands in a comparison with 0 or 1, where `rows` is."""

        self._locals = set(function.module.locals(function.fact)) - {
            parameter.name for parameter in function.fact.parameters
        }
        for statement in function.module.statements(function.fact):
            self._visit(statement)

    def is_tested_only(self, form: Expression) -> bool:
        """Whether what stands here is only asked for its truth, and its rows are of no use later."""
        return place(form) in self._tests and self._is_let_go(form)

    def is_counted_only(self, form: Expression) -> bool:
        """Whether the rows of `len(rows)` are of no use later."""
        return isinstance(form, Call) and len(form.arguments) == 1 and self._is_let_go(form.arguments[0])

    def asks_whether_any(self, form: Expression) -> bool:
        """Whether `len(rows)` is only compared with nothing."""
        return place(form) in self._numbers

    def _is_let_go(self, form: Expression) -> bool:
        """A query set made on the spot, or a local name of which nothing else is asked."""
        if isinstance(form, Call):
            return True
        if not isinstance(form, Name) or form.id not in self._locals:
            return False
        return self._assigned.get(form.id) == 1 and self._loads[form.id] == self._asked.get(form.id, 0)

    def _visit(self, form: Form) -> None:
        if isinstance(form, Assign):
            for target in form.targets:
                if isinstance(target, Name):
                    self._assigned[target.id] = self._assigned.get(target.id, 0) + 1
                    self._loads[target.id] = self._loads.get(target.id, 0) - 1
        if isinstance(form, (If, While, Conditional, Assert)):
            self._test(form.test)
        elif isinstance(form, Comprehension):
            for generator in form.generators:
                for condition in generator.conditions:
                    self._test(condition)
        elif isinstance(form, Operation) and form.operator == "not":
            self._test(form.operands[0])
        elif isinstance(form, Call) and len(form.arguments) == 1 and isinstance(form.function, Name):
            if form.function.id == "bool":
                self._test(form.arguments[0])
            elif form.function.id == "len":
                self._ask(form.arguments[0])
        elif isinstance(form, Comparison):
            self._compare(form)
        elif isinstance(form, Name):
            self._loads[form.id] = self._loads.get(form.id, 0) + 1
        for part in parts(form):
            self._visit(part)

    def _test(self, form: Expression) -> None:
        """What is asked for its truth: both sides of `and` too, but not what `not` is asked of here."""
        if isinstance(form, Operation) and form.operator in ("and", "or"):
            for operand in form.operands:
                self._test(operand)
        elif place(form) not in self._tests:
            self._tests.add(place(form))
            self._ask(form)

    def _ask(self, form: Expression) -> None:
        if isinstance(form, Name):
            self._asked[form.id] = self._asked.get(form.id, 0) + 1

    def _compare(self, form: Comparison) -> None:
        """`len(rows) > 0`, `len(rows) == 0`, `len(rows) >= 1`."""
        if len(form.operators) != 1 or not isinstance(form.others[0], Literal):
            return
        said = (form.operators[0], form.others[0].value)
        if said in ((">", 0), ("==", 0), ("!=", 0), (">=", 1), ("<", 1)):
            self._numbers.add(place(form.left))
