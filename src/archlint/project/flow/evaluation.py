"""What an expression gives at one point of a run, and what that does to the values in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Collection,
    Comparison,
    Comprehension,
    Conditional,
    Expression,
    Lambda,
    Literal,
    Name,
    Operation,
    Slice,
    Starred,
    Subscript,
    Template,
    Walrus,
    Yield,
)
from archlint.facts.expressions import Mapping as MappingForm
from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import PLAIN, Behaviour, are_telling, is_seen, is_telling
from archlint.project.flow.builtin import unwrapped
from archlint.project.flow.comprehending import comprehension
from archlint.project.flow.containers import grown, lacks
from archlint.project.flow.displays import collection, folded, mapping, template
from archlint.project.flow.filling import filled
from archlint.project.flow.narrowing import is_impossible, narrowed, told_of
from archlint.project.flow.passing import arguments_of
from archlint.project.flow.path import Path, meeting
from archlint.project.flow.place import Place
from archlint.project.flow.trace import (
    Called,
    Iterated,
    Operated,
    Read,
    Subscripted,
    Tested,
    Trace,
)
from archlint.project.flow.values import (
    NONE,
    SLICE,
    Arguments,
    Cells,
    Constant,
    Deferred,
    Entries,
    Items,
    Many,
    Method,
    Object,
    Value,
    joined,
    something,
)
from archlint.project.module import Module

if TYPE_CHECKING:
    from collections.abc import Iterator


_CONSTANTS: dict[object, Constant] = {None: NONE, True: Constant(True), False: Constant(False)}


class Evaluation(Place):
    """Evaluates expressions on the current path."""

    def of(self, form: Expression) -> Value:
        """What an expression gives."""
        return _EXPRESSIONS.get(form.__class__, _nothing)(self, form)

    def tested(self, form: Expression) -> Value:
        """Evaluate a condition."""
        value = self.of(form)
        if value.__class__ not in PLAIN and is_telling(value):
            self.trace.events.append(Tested(form, value, self.context, self.path.state))
        return value

    def iterated(self, form: Expression, value: Value, is_async: bool = False) -> Value:
        """One of the values that an iteration gives."""
        if value is UNKNOWN:
            return UNKNOWN
        if is_telling(value):
            self.trace.events.append(Iterated(form, value, self.context, self.path.state, is_async))
        self._form = form
        return self.flow.each(value, self)

    def _name(self, form: Name) -> Value:
        name = form.id
        value = self.path.names.get(name)
        if value is None and self.cells is not None:
            value = self.cells.names.get(name)
        if value is not None:
            return value
        value = self.known.get(name) or self.flow.name(self.trace, name)
        if value.__class__ is Constant and value == NONE:
            return self._set_by_functions(self.trace.module, name)
        return value

    def _set_by_functions(self, module: Module, name: str) -> Value:
        """A name that is None when its module has run, until a function sets it."""
        found = self.flow.shelves.get_global(module, name)
        return NONE if found is UNKNOWN else found

    def _literal(self, form: Literal) -> Value:
        if form.truncated:
            return UNKNOWN
        value = form.value
        return _CONSTANTS[value] if value is None or value.__class__ is bool else Constant(value)

    def _attribute(self, form: Attribute) -> Value:
        receiver = self.of(form.value)
        if receiver is UNKNOWN:
            return self._shelved(form.value, form.attr, UNKNOWN)
        self._form = form
        before, self.inside = self.path.state, None
        result = self.flow.attribute(self, receiver, form.attr)
        if result is UNKNOWN or isinstance(result, External):
            result = self._shelved(form.value, form.attr, result)
        elif result == NONE and isinstance(receiver, Module):
            result = self._set_by_functions(receiver, form.attr)
        inside = self.inside
        is_seen_inside = inside is not None and inside.events
        if is_seen_inside or is_telling(receiver) or lacks(receiver, form.attr):
            event = Read(form, receiver, form.attr, result, self.context, before, inside)
            self.trace.events.append(event)
        return result

    def _shelved(self, on: Expression, key: Expression | str, otherwise: Value) -> Value:
        """What some function has put aside there."""
        found = self.flow.shelves.get(on, key)
        return otherwise if found is UNKNOWN else found

    def _call(self, form: Call, awaited: bool = False) -> Value:
        function = form.function
        receiver: Value | None = None
        callee: Value = UNKNOWN
        if isinstance(function, Attribute):
            asked = receiver = self.of(function.value)
            name = function.attr
            held = UNKNOWN if is_seen(receiver) else self._shelved(function.value, name, UNKNOWN)
            if held is not UNKNOWN:
                asked, callee, receiver = held, held, None
        else:
            asked = callee = self.of(function)
            name = function.id if isinstance(function, Name) else ""
        arguments = arguments_of(self, form)
        if asked is UNKNOWN:
            return self._unknown(form, receiver, name, arguments, awaited)
        if receiver is None:
            asked, arguments = unwrapped(asked, arguments)
            if isinstance(asked, Method):
                receiver, name = asked.receiver, asked.name
            callee = asked
        self._form = form
        before = self.path.state
        if receiver is None:
            result, trace = self.flow.called(self, callee, arguments)
        else:
            result, trace, callee = self.flow.method(self, receiver, name, arguments)
            self._grow(function, receiver, name, arguments)
        filled(self, form, callee)
        if (
            (trace is not None and (trace.events or trace.before != trace.after))
            or is_telling(asked)
            or is_telling(result)
            or (callee is not asked and is_telling(callee))
            or are_telling(arguments)
        ):
            given = (form, receiver, name, callee, arguments, result, self.context, before, awaited)
            event = Called(*given, trace, self.other_ways())
            self.trace.events.append(event)
        return result

    def _unknown(
        self, form: Call, receiver: Value | None, name: str, arguments: Arguments, awaited: bool
    ) -> Value:
        """The call of something that nobody knows, perhaps with something that somebody does."""
        given = None if receiver is None else self._passed(form, name, arguments)
        if given is None and name in ("get", "pop") and form.arguments:
            given = self.flow.shelves.taken(form.function, form.arguments[0])
        result = UNKNOWN if given is None else given
        if is_telling(given) or are_telling(arguments):
            state = self.path.state
            event = Called(
                form, receiver, name, UNKNOWN, arguments, result, self.context, state, awaited, None
            )
            self.trace.events.append(event)
        return result

    def _passed(self, form: Call, name: str, arguments: Arguments) -> Value | None:
        """What a method of something unknown gives, as its first argument knows it."""
        self._form = form
        first = arguments.positional[0] if arguments.positional else None
        return first.passed(name, arguments, self) if isinstance(first, Behaviour) else None

    def _grow(self, function: Expression, receiver: Value, name: str, arguments: Arguments) -> None:
        """`rows.append(row)`: the name stands for a longer list from here on."""
        owner = function.value if isinstance(function, Attribute) else None
        if isinstance(owner, Name) and isinstance(receiver, (Items, Many, Entries)):
            self.path.names[owner.id] = grown(receiver, name, arguments) or receiver

    def _await(self, form: Await) -> Value:
        value = self._call(form.value, awaited=True) if isinstance(form.value, Call) else self.of(form.value)
        self._form = form
        return self.flow.awaited(value, self)

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
        before = self.path
        self.path = before.copy()
        values: list[Value] = []
        for operand in form.operands[:-1]:
            values.append(self.tested(operand))
            narrowed(self, operand, holds=form.operator == "and")
        last = self.of(form.operands[-1])
        before.state = self.path.state
        self.path = before
        chosen = self._chosen(form, (*values, last))
        if chosen is not None:
            return chosen
        if form.operator == "and":
            return last
        result = last
        for value in reversed(values):
            if value is UNKNOWN and isinstance(last, Object):
                continue  # `repository or OrderRepository()`: what is passed instead can do the same
            for option in something(value):
                result = joined(option, result)
        return result

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
        if any(value.__class__ not in PLAIN and is_telling(value) for value in values):
            self.trace.events.append(Operated(form, values, self.context, self.path.state))
            self._form = form
            return self.flow.operated(form, values, self)
        if isinstance(form, Operation):
            return folded(form.operator, values)
        return UNKNOWN

    def _comparison(self, form: Comparison) -> Value:
        values = (self.of(form.left), *[self.of(other) for other in form.others])
        return self._operated(form, values)

    def _subscript(self, form: Subscript) -> Value:
        receiver = self.of(form.value)
        if isinstance(form.index, Slice):
            for part in (form.index.lower, form.index.upper, form.index.step):
                if part is not None:
                    self.of(part)
            index: Value = SLICE
        else:
            index = self.of(form.index)
        self._form = form
        result = self.flow.item(receiver, index, self)
        if result is UNKNOWN or isinstance(result, External):
            result = self._shelved(form.value, form.index, result)
        if is_telling(receiver):
            event = Subscripted(form, receiver, index, result, self.context, self.path.state)
            self.trace.events.append(event)
        return result

    @contextmanager
    def inside_scope(self) -> Iterator[None]:
        """A scope of its own for the names of a comprehension or lambda."""
        before, context = self.path, self.context
        self.path = before.copy()
        yield
        before.state = self.path.state
        self.path, self.context = before, context

    def _lambda(self, form: Lambda) -> Value:
        names = {**self.cells.names, **self.path.names} if self.cells is not None else self.path.names
        with self.inside_scope():
            self.context = replace(self.context, deferred=True)
            self.path.names.update(dict.fromkeys(form.parameters, UNKNOWN))
            value = self.of(form.body)
        return Deferred(value, form, self.trace.module, self.trace.function, Cells(names))

    def applied(self, function: Deferred, arguments: Arguments) -> Value:
        """What a lambda gives: run where it is called, and by itself where that is another file."""
        form = function.form
        if self._applying > 2 or not are_telling(arguments):
            return function.value
        given = dict(zip(form.parameters, arguments.positional, strict=False))
        given.update(arguments.named)
        names = {**function.cells.names, **{name: given.get(name, UNKNOWN) for name in form.parameters}}
        if function.module is not self.trace.module:
            return self._applied_at_home(function, names)
        before, cells = self.path, self.cells
        self.path, self.cells = Path(names, before.state), None
        self._applying += 1
        value = self.of(form.body)
        self._applying -= 1
        before.state, self.path, self.cells = self.path.state, before, cells
        return value

    def _applied_at_home(self, function: Deferred, names: dict[str, Value]) -> Value:
        """The same for a lambda of another file: what happens in it is told of the function it stands in."""
        if function.function is None:
            return function.value
        trace = self.flow.new(Trace(function.module, function.function, arguments=()))
        run = self.__class__(self.flow, trace, Path(names, self.path.state), None)
        run._applying = self._applying + 1
        value = run.of(function.form.body)
        self.path.state = run.path.state
        return value

    def _walrus(self, form: Walrus) -> Value:
        value = self.of(form.value)
        self.path.names[form.target] = value
        return value

    def _yield(self, form: Yield) -> Value:
        value = self.of(form.value) if form.value is not None else Constant(None)
        if form.delegates:
            value = self.iterated(form.value or form, value)
        trace = self.trace
        trace.yielded = value if trace.yielded is None else joined(trace.yielded, value)
        trace.at_yield = self.path.state
        return UNKNOWN

    def bind(self, target: Expression, value: Value, line: int = 0) -> None:
        """Give a value to a target."""
        raise NotImplementedError


def _nothing(run: Evaluation, form: Expression) -> Value:
    return UNKNOWN


_EXPRESSIONS: dict[type, Callable[[Evaluation, Any], Value]] = {
    Name: Evaluation._name,
    Literal: Evaluation._literal,
    Attribute: Evaluation._attribute,
    Call: Evaluation._call,
    Await: Evaluation._await,
    Conditional: Evaluation._conditional,
    Operation: Evaluation._operation,
    Comparison: Evaluation._comparison,
    Collection: collection,
    MappingForm: mapping,
    Subscript: Evaluation._subscript,
    Comprehension: comprehension,
    Lambda: Evaluation._lambda,
    Template: template,
    Starred: lambda run, form: run.of(form.value),
    Walrus: Evaluation._walrus,
    Yield: Evaluation._yield,
}
