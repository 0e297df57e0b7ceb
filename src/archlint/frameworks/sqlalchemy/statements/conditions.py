"""Conditions of statements in which Python's own operators stand between expressions of SQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Comparison, Expression, Operation
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.places import place_of
from archlint.frameworks.sqlalchemy.values.building import CLAUSES, JOINS
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Clause, PythonTruth, first_of
from archlint.frameworks.sqlalchemy.values.hybrids import is_asked_of_class
from archlint.frameworks.sqlalchemy.values.statements import Statement, flat
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.calls.signatures import written_in
from archlint.project.flow.trace import Called, Operated, Tested, Trace
from archlint.project.flow.values import Arguments, Many, Value, alternatives

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

CHAIN = "chain"
TRUTH = "truth"
"""An expression of SQL that is asked for its truth, which raises."""

COLUMN = "column"
"""A column that is asked for it: Python takes it for true, whatever the row holds."""

_ORDERING = frozenset({"<", "<=", ">", ">="})
_CONDITIONS = frozenset(
    {"BinaryExpression", "ClauseElement", "ColumnElement", "ColumnExpressionArgument", "SQLColumnExpression"}
)
"""Classes of SQLAlchemy that a condition is of, or may be annotated with."""

_BUILDERS = frozenset({"and_", "or_", "not_", "case"})


class Misused(msgspec.Struct, frozen=True):
    """One operator."""

    place: Place
    operator: str


class Conditions:
    """Every condition: None for one without such an operator."""

    def __init__(self, project: Project) -> None:
        self._flow = project.view(DataFlow)
        self._hierarchy = project.view(ClassHierarchy)
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
                if called.name == "append":
                    yield from _asked_elsewhere(called.arguments)
                continue
            found = [m for form in called.form.arguments for m in self._inside(trace, form)]
            given = called.arguments.positional
            if not found:
                for form, value in zip(called.form.arguments, given, strict=False):
                    if isinstance(value, PythonTruth) and isinstance(form, (Operation, Comparison)):
                        found.append(_misused(trace, form, value.operator))
                found += _asked_elsewhere(called.arguments)
            yield from found
            if not found:
                yield None
        yield from self._set_aside()
        yield from self._returned()

    def _returned(self) -> Iterator[Misused]:
        """What a function returns for a condition, which it promises to: `-> ColumnElement[bool]`."""
        for trace in self._flow.traces():
            function = trace.function
            for way in trace.exits if function is not None else ():
                value = way.value
                if not isinstance(value, PythonTruth) or value.source is None or function is None:
                    continue
                if any(map(_is_condition, self._promised(function))):
                    yield Misused(value.source, value.operator)

    def _promised(self, function: ProjectFunction) -> Iterator[Expression | None]:
        """What a function is annotated with, or what it overrides."""
        yield function.fact.returns
        owner = function.fact.owner
        order = self._hierarchy.order(ProjectClass(function.module, owner))[1:] if owner >= 0 else ()
        for cls in [each for each in order if isinstance(each, ProjectClass)]:
            for member in cls.fact.members:
                if member.kind is Kind.FUNCTION and member.name == function.fact.name:
                    yield cls.module.functions[member.index].returns

    def _set_aside(self) -> Iterator[Misused]:
        """Conditions that are joined by `and` or `or` on their way to a statement, not to an `if`.

        And chains such as `start <= Order.day < end`, which ask the first comparison for its truth.
        """
        asked = {id(tested.form) for _, tested in self._flow.events(Tested)}
        lines = set()
        for trace, operated in self._flow.events(Operated):
            form = operated.form
            if isinstance(form, Operation) and form.operator in ("and", "or") and id(form) not in asked:
                lines.add((trace.module, form.line))
                yield _misused(trace, form, form.operator)
            elif isinstance(form, Comparison) and self._is_chain(trace, form):
                yield _misused(trace, form, CHAIN)
        first: dict[object, Place] = {}
        for trace, tested in self._flow.events(Tested):
            for misused in self._asked_for_truth(trace, tested):
                if (
                    misused.operator == COLUMN
                    and first.setdefault(trace.function, misused.place) != misused.place
                ):
                    continue  # of several branches the first is always taken
                if (trace.module, misused.place.line) not in lines:
                    yield misused

    def _asked_for_truth(self, trace: Trace, tested: Tested) -> Iterator[Misused]:
        """`if Order.total > 5`, which raises; in a hybrid `if self.paid`, which holds for every row."""
        form = tested.form
        if isinstance(form, Comparison) and form.operators[0] in _ORDERING:
            if len(form.operators) == 1 and self._is_sql(trace, form.left):
                yield _misused(trace, form, TRUTH)
            return
        is_in_hybrid = isinstance(form, Attribute) and is_asked_of_class(trace.function, trace.receiver)
        if is_in_hybrid and all(map(_is_column, alternatives(tested.value))):
            yield Misused(place_of(trace.module, form), COLUMN)

    def _is_chain(self, trace: Trace, form: Comparison) -> bool:
        if len(form.operators) < 2 or form.operators[0] not in _ORDERING:
            return False
        return self._is_sql(trace, form.left) or self._is_sql(trace, form.others[0])

    def _inside(self, trace: Trace, form: Expression) -> Iterator[Misused]:
        if isinstance(form, Operation):
            if form.operator in ("and", "or", "not") and self._are_sql(trace, form):
                yield _misused(trace, form, form.operator)
                return
            if form.operator in ("and", "or"):
                yield from self._inside(trace, form.operands[-1])
                return
            for operand in form.operands:
                yield from self._inside(trace, operand)
        elif isinstance(form, Comparison):
            operators = [each for each in form.operators if each in ("in", "not in", "is", "is not")]
            if operators and self._is_sql(trace, form.left):
                yield _misused(trace, form, operators[0])

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


def _is_condition(annotation: Expression | None) -> bool:
    return annotation is not None and not _CONDITIONS.isdisjoint(written_in(annotation))


def _takes_conditions(called: Called) -> bool:
    """Whether a call makes or takes conditions. What is unknown may be a statement where it is asked so."""
    if called.name in _BUILDERS:
        return isinstance(called.result, Clause)  # with Flask-SQLAlchemy, `or_` is one of `db`
    if called.name not in CLAUSES | JOINS or called.receiver is None:
        return False
    options = alternatives(called.receiver)
    return any(isinstance(option, Statement) or option is UNKNOWN for option in options)


def _is_column(value: Value) -> bool:
    return isinstance(value, Attr) and value.is_plain


def _misused(trace: Trace, form: Operation | Comparison, operator: str) -> Misused:
    return Misused(place_of(trace.module, first_of(form)), operator)


def _asked_elsewhere(given: Arguments) -> Iterator[Misused]:
    """The conditions that were made before, and maybe by another function.

    Of a list one stands for all; of anything else that may be several things nobody knows which.
    """
    for value in flat(given.positional):
        options = alternatives(value.of if isinstance(value, Many) else value)
        for option in options if given.is_open or len(options) == 1 else ():
            if isinstance(option, PythonTruth) and option.source is not None:
                yield Misused(option.source, option.operator)
