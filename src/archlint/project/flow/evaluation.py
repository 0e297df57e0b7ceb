"""What an expression gives at one point of a run, and what that does to the values in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

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
from archlint.project.answer import UNKNOWN, Definition, External
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.blocks.comprehending import comprehension
from archlint.project.flow.builtins.containers import grown, lacks, one_list
from archlint.project.flow.builtins.displays import collection, mapping, template
from archlint.project.flow.builtins.growing import grow_inside
from archlint.project.flow.builtins.names import unwrapped
from archlint.project.flow.calls.filling import filled
from archlint.project.flow.calls.lambdas import Lambdas
from archlint.project.flow.calls.postponing import arguments_for
from archlint.project.flow.conditions.asked_attributes import as_held, as_told
from archlint.project.flow.conditions.operating import Operating
from archlint.project.flow.kept.own_fields import stands_for
from archlint.project.flow.kept.standing import Home, begins_empty
from archlint.project.flow.telling import are_telling, is_seen, is_telling
from archlint.project.flow.trace import (
    Called,
    Iterated,
    Read,
    Sliced,
    Subscripted,
)
from archlint.project.flow.values import (
    NONE,
    SLICE,
    Arguments,
    Constant,
    Either,
    Entries,
    Items,
    Many,
    Method,
    Object,
    Value,
    alternatives,
    is_own_object,
    joined,
)
from archlint.project.module import Module

if TYPE_CHECKING:
    pass


_FILLED = frozenset({Items, Entries})
_CONSTANTS: dict[object, Constant] = {None: NONE, True: Constant(True), False: Constant(False)}


class Evaluation(Operating, Lambdas):
    """Evaluates expressions on the current path."""

    def of(self, form: Expression) -> Value:
        """What an expression gives."""
        return _EXPRESSIONS.get(form.__class__, _nothing)(self, form)

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
        kind = value.__class__
        if (kind is Constant and value == NONE) or (kind is Either and NONE in alternatives(value)):
            return self._standing(self.flow.standing.home_of_name(self.trace.module, name), value)
        if self.function is not None and kind in _FILLED and begins_empty(value):
            return self._standing(self.flow.standing.home_of_name(self.trace.module, name), value)
        return value

    def _standing(self, home: Home | None, before: Value) -> Value:
        """What functions make of a name that begins with None, an empty list or dict."""
        if home is None:
            return before
        is_set = before.__class__ not in _FILLED and "." not in home[1]
        standing = self.flow.standing
        found = standing.set_in(home) if is_set else standing.filled_in(home)
        return before if found is UNKNOWN else found

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
        elif begins_empty(result) and isinstance(receiver, (Module, Definition, Object)):
            result = self._standing(self.flow.standing.home(receiver, form.attr), result)
        elif isinstance(receiver, Object) and receiver != self.trace.receiver and is_telling(result):
            home = self.flow.standing.home(receiver, form.attr)
            found = UNKNOWN if home is None else self.flow.standing.filled_in(home)
            result = result if found is UNKNOWN else joined(found, result)
        result = as_told(self, form, as_held(self, form, result) if self.holds else result)
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
            held = as_held(self, function, UNKNOWN) if self.holds else UNKNOWN
            if held is UNKNOWN and not is_seen(receiver):
                held = self._shelved(function.value, name, UNKNOWN)
            if held is not UNKNOWN:
                asked, callee, receiver = held, held, None
        else:
            asked = callee = self.of(function)
            name = function.id if isinstance(function, Name) else ""
        arguments = arguments_for(self, asked, form)
        grow_inside(self, function, arguments)
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
            if result is UNKNOWN and isinstance(receiver, Object) and isinstance(receiver.of, External):
                result = self._taken(form, name) or UNKNOWN
            self._grow(function, receiver, name, arguments)
            stands_for(self, function, receiver, trace)
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
        if self.trace.handed_over is None and isinstance(form.function, Name):
            function = self.trace.function
            if function is not None and any(each.name == name for each in function.fact.parameters):
                self.trace.handed_over = self.path.state
        given = None if receiver is None else self._passed(form, name, arguments)
        if given is None:
            given = self._taken(form, name)
        result = UNKNOWN if given is None else given
        if is_telling(given) or are_telling(arguments):
            state = self.path.state
            event = Called(
                form, receiver, name, UNKNOWN, arguments, result, self.context, state, awaited, None
            )
            self.trace.events.append(event)
        return result

    def _taken(self, form: Call, name: str) -> Value | None:
        """`request.get("user")`: what somebody has put aside there; None for nothing."""
        if name not in ("get", "pop") or not form.arguments:
            return None
        return self.flow.shelves.taken(form.function, form.arguments[0])

    def _passed(self, form: Call, name: str, arguments: Arguments) -> Value | None:
        """What a method of something unknown gives, as its first argument knows it."""
        self._form = form
        first = arguments.positional[0] if arguments.positional else None
        return first.passed(name, arguments, self) if isinstance(first, Behaviour) else None

    def _grow(self, function: Expression, receiver: Value, name: str, arguments: Arguments) -> None:
        """`rows.append(row)`: the name stands for a longer list from here on."""
        before = one_list(receiver) if receiver.__class__ is Either else receiver
        if isinstance(before, (Items, Many, Entries)) and isinstance(function, Attribute):
            changed = grown(before, name, arguments)
            if changed is not None:
                self.filled(function.value, changed)

    def _await(self, form: Await) -> Value:
        value = self._call(form.value, awaited=True) if isinstance(form.value, Call) else self.of(form.value)
        self._form = form
        return self.flow.awaited(value, self)

    def _subscript(self, form: Subscript) -> Value:
        receiver = self.of(form.value)
        if isinstance(form.index, Slice):
            index = self._sliced(form, receiver, form.index)
        else:
            index = self.of(form.index)
        self._form = form
        result = self.flow.item(receiver, index, self)
        if isinstance(form.index, Slice) and form.index.step is not None and isinstance(receiver, Behaviour):
            result = Many(self.flow.each(receiver, self), receiver)  # rows are fetched for that
        if result is UNKNOWN or isinstance(result, External):
            result = self._shelved(form.value, form.index, result)
        if is_telling(receiver) or is_own_object(receiver):
            event = Subscripted(form, receiver, index, result, self.context, self.path.state)
            self.trace.events.append(event)
        return result

    def _sliced(self, form: Subscript, receiver: Value, index: Slice) -> Value:
        written = [part for part in (index.lower, index.upper, index.step) if part is not None]
        bounds = tuple([self.of(part) for part in written])
        if any(map(is_telling, bounds)):
            self.trace.events.append(Sliced(form, receiver, bounds, self.context, self.path.state))
        return SLICE

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
