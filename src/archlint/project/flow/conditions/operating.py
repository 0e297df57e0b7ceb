"""Conditions and operators: which way is taken, and what comes out of two values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archlint.facts.expressions import Comparison, Conditional, Expression, Operation
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.blocks.last_turns import is_closed
from archlint.project.flow.builtins.displays import folded
from archlint.project.flow.builtins.writing import put_in
from archlint.project.flow.classes.operators import made_by_own
from archlint.project.flow.conditions.narrowing import is_impossible, narrowed, told_of
from archlint.project.flow.path import meeting
from archlint.project.flow.place import Place
from archlint.project.flow.telling import PLAIN, is_telling
from archlint.project.flow.trace import Operated, Tested
from archlint.project.flow.values import Items, Object, Value, any_of, joined, something


class Operating(Place):
    """Evaluates what has operators in it, `if … else` among them."""

    def tested(self, form: Expression) -> Value:
        """Evaluate a condition."""
        value = self.of(form)
        if value.__class__ not in PLAIN and is_telling(value):
            self.trace.events.append(Tested(form, value, self.context, self.path.state))
        return value

    def _conditional(self, form: Conditional) -> Value:
        self.tested(form.test)
        before, ways = self.path, []
        found: Value | None = None
        for branch, holds in ((form.body, True), (form.orelse, False)):
            self.path = before.copy()
            if is_impossible(self, form.test, holds=holds):
                continue
            narrowed(self, form.test, holds=holds)
            value = self.of(branch)
            if holds:
                value = told_of(self, form.test, branch, value)
            found = value if found is None else joined(found, value)
            ways.append(self.path)
        met = meeting(*ways) or before
        before.state, self.path = met.state, before
        return UNKNOWN if found is None else found

    def _operation(self, form: Operation) -> Value:
        operator = form.operator
        if operator in ("and", "or"):
            return self._either(form)
        if operator == "not":
            return self._operated(form, (self.tested(form.operands[0]),))
        values = tuple([self.of(operand) for operand in form.operands])
        return self._operated(form, values)

    def _either(self, form: Operation) -> Value:
        """`a or b` is a where that is something; `a and b` is b where a is."""
        first = self.tested(form.operands[0])
        before = self.path
        self.path = before.copy()  # what follows may not be evaluated
        values, last = self._evaluated(form, first)
        before.state = self.path.state
        self.path = before
        chosen = self._chosen(form, (*values, last))
        if chosen is not None:
            return chosen
        if form.operator == "and":
            return any_of((*_empty(values), last))
        result = last
        for value in reversed(values):
            if value is UNKNOWN and isinstance(last, Object):
                continue  # `repository or OrderRepository()`: what is passed instead can do the same
            if isinstance(value, Items) and value.kind == "tuple":
                result = value if value.items else result  # `names or None`, of `*names`
                continue
            for option in something(value):
                result = joined(option, result)
        return result

    def _evaluated(self, form: Operation, first: Value) -> tuple[list[Value], Value]:
        """What the operands are, and the last one that is evaluated: behind `False and` comes nothing."""
        goes_on = form.operator == "and"
        values: list[Value] = []
        for number, operand in enumerate(form.operands[:-1]):
            value = self.tested(operand) if number else first
            if is_impossible(self, operand, holds=goes_on):
                return values, value
            values.append(value)
            # What follows may be for another turn than the one that is run.
            is_closed(self, operand, holds=goes_on, depth=len(self.context.loops))
            narrowed(self, operand, holds=goes_on)
        return values, self.of(form.operands[-1])

    def _chosen(self, form: Operation, values: tuple[Value, ...]) -> Value | None:
        """What `and` and `or` give where a framework meant them for something else."""
        for value in values[:-1]:
            if isinstance(value, Behaviour):
                found = value.chosen(form.operator, values, self)
                if found is not None:
                    self.trace.events.append(Operated(form, values, self.context, self.path.state))
                    return found
        return None

    def _operated(self, form: Operation | Comparison, values: tuple[Value, ...]) -> Value:
        if isinstance(form, Operation) and form.operator == "%":
            put_in(self, form, *values[:2])
        if any(value.__class__ not in PLAIN and is_telling(value) for value in values):
            self.trace.events.append(Operated(form, values, self.context, self.path.state))
            self._form = form
            made = self.flow.operated(form, values, self)
        else:
            made = folded(form.operator, values) if isinstance(form, Operation) else UNKNOWN
        if made is UNKNOWN and isinstance(form, Operation):
            return made_by_own(self, form.operator, values)
        return made

    def _comparison(self, form: Comparison) -> Value:
        values = (self.of(form.left), *[self.of(other) for other in form.others])
        return self._operated(form, values)


def _empty(values: Iterable[Value]) -> Iterator[Value]:
    """What `rows and rows[0]` gives where there are no rows: the rows."""
    for value in values:
        if isinstance(value, Behaviour) and value.may_be_empty:
            yield value
