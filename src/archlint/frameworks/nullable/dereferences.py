"""What a body asks of a value before it has tested whether there is one.

The statements are gone through in their order, as far as each of them surely runs. The first that speaks of
the value decides: to read an attribute or an item of it fails for None, and anything else may be a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TypeAlias

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Call,
    Comprehension,
    Conditional,
    Expression,
    Form,
    Keyword,
    Lambda,
    Name,
    Operation,
    Subscript,
    dotted,
)
from archlint.facts.forms import names_in, parts
from archlint.facts.statements import (
    Annotate,
    Assign,
    Evaluate,
    For,
    If,
    Return,
    Statement,
    Try,
    With,
)
from archlint.frameworks.nullable.remaining import expects_none


class Stop(Enum):
    """The search is over, and nothing is known."""

    TESTED = "tested"


class Handed(msgspec.Struct, frozen=True):
    """The value is passed to a call."""

    call: Call
    value: Expression


Use: TypeAlias = "Attribute | Subscript | Handed"
Result: TypeAlias = "Use | Stop | None"
Fails: TypeAlias = Callable[[Handed], bool]
"""Whether a call surely fails where None is passed to it."""


class Dereferences:
    """Looks for the first use of one value: that of a name, or of a chain of names."""

    def __init__(self, subject: str, hands_on: Fails) -> None:
        self._subject = subject
        self._root = subject.partition(".")[0]
        self._hands_on = hands_on

    def first(self, statements: Iterable[Statement]) -> Use | None:
        """The use that fails for None; None where there is none, or a test before it."""
        found = self._body(statements)
        return None if found is Stop.TESTED else found

    def _body(self, statements: Iterable[Statement]) -> Result:
        for statement in statements:
            found = self._statement(statement)
            if found is not None:
                return found
        return None

    def _statement(self, form: Statement) -> Result:
        if isinstance(form, (Evaluate, Return)):
            return self._of(form.value) if form.value is not None else None
        if isinstance(form, (Assign, Annotate)):
            return self._assigned(form)
        if isinstance(form, If):
            return self._if(form)
        if isinstance(form, With):
            return self._in_order([*(item.context for item in form.items)]) or self._body(form.body)
        if isinstance(form, For):
            return self._of(form.iterable) or self._body(form.body)
        if isinstance(form, Try):
            return self._try(form)
        return Stop.TESTED if self._is_spoken_of(form) else None

    def _assigned(self, form: Assign | Annotate) -> Result:
        found = self._of(form.value) if form.value is not None else None
        if found is not None:
            return found
        targets = form.targets if isinstance(form, Assign) else (form.target,)
        for target in targets:
            if self._is_it(target) or (isinstance(target, Name) and target.id == self._root):
                return Stop.TESTED  # from here on it is something else
            if isinstance(target, (Attribute, Subscript)) and self._is_it(target.value):
                return target
        return Stop.TESTED if any(self._is_spoken_of(target) for target in targets) else None

    def _if(self, form: If) -> Result:
        found = self._of(form.test)
        if found is not None:
            return found
        return Stop.TESTED if any(map(self._is_spoken_of, (*form.body, *form.orelse))) else None

    def _try(self, form: Try) -> Result:
        if expects_none(form) and any(map(self._is_spoken_of, form.body)):
            return Stop.TESTED
        return self._body((*form.body, *form.orelse, *form.final))

    def _of(self, form: Form) -> Result:
        """What an expression does first with the value, in the order in which it is evaluated."""
        if self._is_it(form):
            return Stop.TESTED
        if isinstance(form, (Attribute, Subscript)) and self._is_it(form.value):
            is_own = isinstance(form, Attribute) and form.attr.startswith("__")
            return Stop.TESTED if is_own else form
        if isinstance(form, Name):
            return Stop.TESTED if form.id == self._root else None
        if self._is_beside(form):
            return None
        if isinstance(form, Call):
            return self._call(form)
        if isinstance(form, (Conditional, Comprehension)) or _chooses(form):
            return self._perhaps(form)
        if isinstance(form, Lambda):
            return Stop.TESTED if self._is_spoken_of(form) else None
        return self._in_order(parts(form))

    def _perhaps(self, form: Form) -> Result:
        """Of what only its first part surely is evaluated."""
        inside = parts(form)
        if isinstance(form, Comprehension):
            inside = (form.generators[0].iterable, *inside)
        first = self._of(inside[0])
        if first is not None:
            return first
        return Stop.TESTED if any(map(self._may_test, inside[1:])) else None

    def _may_test(self, form: Form) -> bool:
        """Whether a form says more of the value than a use, which tells nothing of whether it is there."""
        return self._is_spoken_of(form) and self._of(form) in (None, Stop.TESTED)

    def _call(self, form: Call) -> Result:
        found = self._of(form.function)
        if found is not None:
            return found
        for argument in form.arguments:
            if self._is_it(argument):
                return self._handed(form, argument)
            found = self._of(argument)
            if found is not None:
                return found
        for keyword in form.keywords:
            found = self._handed(form, keyword.value) if self._is_it(keyword.value) else self._of(keyword)
            if found is not None:
                return found
        return None

    def _handed(self, call: Call, value: Expression) -> Result:
        given = Handed(call, value)
        return given if self._hands_on(given) else Stop.TESTED

    def _in_order(self, forms: Iterable[Form]) -> Result:
        for form in forms:
            if self._is_it(form) and not isinstance(form, Keyword):
                return Stop.TESTED
            found = self._of(form)
            if found is not None:
                return found
        return None

    def _is_it(self, form: Form) -> bool:
        return isinstance(form, (Name, Attribute)) and dotted(form) == self._subject

    def _is_beside(self, form: Form) -> bool:
        """Whether it is another attribute of what the value is one of: `body.title` beside `body.tags`."""
        chain = dotted(form) if isinstance(form, Attribute) else ""
        is_above = f"{self._subject}.".startswith(f"{chain}.")
        return chain.startswith(f"{self._root}.") and not is_above

    def _is_spoken_of(self, form: Form) -> bool:
        return self._root in names_in([form])


def _chooses(form: Form) -> bool:
    return isinstance(form, Operation) and form.operator in ("and", "or")
