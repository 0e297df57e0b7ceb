"""Conditions of statements in which Python's own operators stand between expressions of SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Comparison, Expression, Operation
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.places import place_of
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Clause, PythonTruth
from archlint.frameworks.sqlalchemy.values.statements import CLAUSES, JOINS, Statement
from archlint.project.flow.trace import Called, Operated, Tested, Trace
from archlint.project.flow.values import Value, alternatives, something

if TYPE_CHECKING:
    from archlint.project.project import Project

_BUILDERS = frozenset({"and_", "or_", "not_", "case"})


@dataclass(frozen=True, slots=True)
class Misused:
    """One operator."""

    trace: Trace
    form: Operation | Comparison
    operator: str

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells places from each other, in however many runs they are met."""
        place = place_of(self.trace.module, _first(self.form))
        return self.trace.module.path, place.line, place.column


class Conditions:
    """Every condition: None for one without such an operator."""

    def __init__(self, project: Project) -> None:
        self._flow = project.view(DataFlow)
        self._operands: dict[int, dict[int, Value]] = {}
        for trace, tested in self._flow.events(Tested):
            self._operands.setdefault(id(trace), {})[id(tested.form)] = tested.value
        for trace, operated in self._flow.events(Operated):
            forms = (
                operated.form.operands
                if isinstance(operated.form, Operation)
                else (operated.form.left, *operated.form.others)
            )
            table = self._operands.setdefault(id(trace), {})
            table.update((id(form), value) for form, value in zip(forms, operated.operands, strict=False))

    @classmethod
    def build(cls, project: Project) -> Conditions:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[Misused | None]:
        for trace, called in self._flow.events(Called):
            if not _takes_conditions(called):
                continue
            found = [m for form in called.form.arguments for m in self._inside(trace, form)]
            given = called.arguments.positional
            if not found and any(isinstance(value, PythonTruth) for value in given):
                for form, value in zip(called.form.arguments, given, strict=False):
                    if isinstance(value, PythonTruth) and isinstance(form, (Operation, Comparison)):
                        found.append(Misused(trace, form, value.operator))
            yield from found
            if not found:
                yield None
        yield from self._set_aside()

    def _set_aside(self) -> Iterator[Misused]:
        """Conditions that are joined by `and` or `or` on their way to a statement, not to an `if`."""
        asked = {id(tested.form) for _, tested in self._flow.events(Tested)}
        for trace, operated in self._flow.events(Operated):
            form = operated.form
            if isinstance(form, Operation) and form.operator in ("and", "or") and id(form) not in asked:
                yield Misused(trace, form, form.operator)

    def _inside(self, trace: Trace, form: Expression) -> Iterator[Misused]:
        if isinstance(form, Operation):
            if form.operator in ("and", "or", "not") and self._are_sql(trace, form):
                yield Misused(trace, form, form.operator)
                return
            if form.operator in ("and", "or"):
                yield from self._inside(trace, form.operands[-1])
                return
            for operand in form.operands:
                yield from self._inside(trace, operand)
        elif isinstance(form, Comparison):
            operators = [each for each in form.operators if each in ("in", "not in", "is", "is not")]
            if operators and self._is_sql(trace, form.left):
                yield Misused(trace, form, operators[0])

    def _are_sql(self, trace: Trace, form: Operation) -> bool:
        """Whether Python asks an expression of SQL for its truth: any operand but the last of `and`."""
        asked = form.operands if form.operator == "not" else form.operands[:-1]
        return any(self._is_sql(trace, operand) for operand in asked)

    def _is_sql(self, trace: Trace, form: Expression) -> bool:
        value = self._operands.get(id(trace), {}).get(id(form))
        if value is None:
            return False
        options = alternatives(value)
        return all(isinstance(option, Clause) or _is_column(option) for option in options)


def _takes_conditions(called: Called) -> bool:
    if called.name in _BUILDERS and called.receiver is None:
        return isinstance(called.result, Clause)
    if called.name not in CLAUSES | JOINS or called.receiver is None:
        return False
    return any(isinstance(option, Statement) for option in something(called.receiver))


def _is_column(value: Value) -> bool:
    return isinstance(value, Attr) and value.is_plain


def _first(form: Expression) -> Expression:
    while isinstance(form, (Operation, Comparison)):
        form = form.left if isinstance(form, Comparison) else form.operands[0]
    return form
