"""What a condition tells of the names in it, on the way where it holds and on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import (
    Attribute,
    Call,
    Comparison,
    Expression,
    Literal,
    Name,
    Operation,
    Subscript,
    Walrus,
    last_name,
    says,
)
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.conditions.asked_attributes import (
    attribute_of,
    hold,
    is_of_class,
    is_of_classes,
    is_one_of,
    sets_itself,
    told_of_attribute,
    told_of_class,
)
from archlint.project.flow.conditions.asked_kinds import forgotten
from archlint.project.flow.conditions.instances import asks_instance, is_instance, narrower, others
from archlint.project.flow.values import (
    NONE,
    Closure,
    Constant,
    Either,
    Entries,
    Items,
    Many,
    Object,
    Value,
    alternatives,
    any_of,
)

if TYPE_CHECKING:
    from archlint.project.flow.place import Place

_PREDICATES = ("hasattr", "callable", "issubclass", "is_", "has_", "supports_")
"""Functions that tell what an object is or has, in ways that are not followed."""


_SOMETHING = (Behaviour, Closure, Entries, Items, Many, Object)
"""What is surely not None."""


def narrowed(run: Place, test: Expression, *, holds: bool) -> None:
    """Apply what a condition says to the names of the current path."""
    if not isinstance(test, Name):
        forgotten(run, test)
    _applied(run, test, holds=holds)


def _applied(run: Place, test: Expression, *, holds: bool) -> None:
    test = _of_name(test)
    if isinstance(test, Operation) and test.operator == "not":
        _applied(run, test.operands[0], holds=not holds)
    elif isinstance(test, Operation) and test.operator == ("and" if holds else "or"):
        for operand in test.operands:
            _applied(run, operand, holds=holds)
    elif isinstance(test, Name):
        if holds:
            _without_none(run, test.id)
        question = run.flow.asked_kinds.answers(run.function).get(test.id) if run.function else None
        if question is not None:
            _asked(run, question, holds=holds)
    elif isinstance(test, Attribute):
        if holds:
            told_of_attribute(run, test, is_none=False)
    elif isinstance(test, Comparison):
        _compared(run, test, holds=holds)
    elif isinstance(test, Call):
        _asked(run, test, holds=holds)


def _of_name(test: Expression) -> Expression:
    """The same test of a name that it binds itself: `(order := find()) is None`."""
    if isinstance(test, Walrus):
        return Name(test.target, test.line, test.column)
    if isinstance(test, Comparison) and isinstance(test.left, Walrus):
        return replace(test, left=_of_name(test.left))
    return test


def is_impossible(run: Place, test: Expression, *, holds: bool) -> bool:
    """Whether a condition on names with constant values can surely not turn out this way."""
    test = _of_name(test)
    if isinstance(test, Operation) and test.operator == "not":
        return is_impossible(run, test.operands[0], holds=not holds)
    if isinstance(test, Operation) and test.operator in ("and", "or"):
        settled = [is_impossible(run, operand, holds=holds) for operand in test.operands]
        return any(settled) if (test.operator == "and") is holds else all(settled)
    if isinstance(test, (Name, Attribute)):
        value = _known(run, test)
        if isinstance(value, Behaviour):
            return value.is_true and not holds
        if isinstance(value, Items) and value.kind == "tuple":
            return bool(value.items) is not holds
        return isinstance(value, Constant) and bool(value.value) is not holds
    if isinstance(test, Subscript):
        held = _entry(run, test)
        return isinstance(held, Constant) and bool(held.value) is not holds
    if isinstance(test, Call):
        asked = _begins_or_ends if isinstance(test.function, Attribute) else _is_instance
        answer = asked(run, test)
        return answer is (not holds)
    if isinstance(test, Comparison) and isinstance(test.left, Attribute):
        answer = is_of_class(run, test)
        if answer is not None:
            return answer is not holds
    if not isinstance(test, Comparison) or len(test.operators) != 1:
        return False
    if not isinstance(test.left, (Name, Attribute)) or test.operators[0] in ("in", "not in"):
        return _is_among(run, test) is (not holds)
    value, other = _known(run, test.left), test.others[0]
    if isinstance(other, Name) and isinstance(value, Behaviour):
        return _is_class(run, value, test) is (not holds)
    if says(other, None) and isinstance(value, _SOMETHING):
        return (test.operators[0] in ("is", "==")) is holds
    said = _said(run, other) if isinstance(value, Constant) else None
    if said is None or not isinstance(value, Constant):
        return False
    is_equal = value.value == said.value
    if test.operators[0] in ("==", "is"):
        return is_equal is not holds
    return test.operators[0] in ("!=", "is not") and is_equal is holds


def _said(run: Place, form: Expression) -> Constant | None:
    """What is written, or stands in a class under a name: `"tip"`, `Grant.TIP`."""
    if isinstance(form, Literal):
        return None if form.truncated else Constant(form.value)
    value = run.of(form) if isinstance(form, Attribute) else None
    return value if isinstance(value, Constant) else None


def _entry(run: Place, form: Subscript) -> Value | None:
    """What a dict that is known holds under a key that is written: `limits["most"]`."""
    table = run.path.names.get(form.value.id) if isinstance(form.value, Name) else None
    if not isinstance(table, Entries) or table.is_open or not isinstance(form.index, Literal):
        return None
    return next((value for key, value in table.values if key == form.index.value), None)


def _known(run: Place, form: Name | Attribute) -> Value | None:
    """What a name stands for, or an attribute of the object that a method is run for: `self.is_private`."""
    if isinstance(form, Name):
        around = run.cells.names if run.cells is not None else {}
        return run.path.names.get(form.id, around.get(form.id))
    receiver = run.trace.receiver
    if isinstance(form.value, Attribute):
        return _given_by(run, _own_field(run, form.value), form.attr)
    is_own = isinstance(form.value, Name) and run.path.names.get(form.value.id) is receiver
    if not is_own or not isinstance(receiver, Object):
        return None
    if run.trace.arguments is None and not run.flow.objects.has_heirs(receiver):
        return None  # run on its own, for whatever somebody may make of the class
    return run.flow.objects.constant(receiver, form.attr)


def _own_field(run: Place, form: Attribute) -> Value | None:
    """What is known of an attribute of the very object that a method is run for."""
    receiver = run.trace.receiver
    is_own = isinstance(form.value, Name) and run.path.names.get(form.value.id) is receiver
    return dict(receiver.fields).get(form.attr) if is_own and isinstance(receiver, Object) else None


def _given_by(run: Place, held: Value | None, name: str) -> Constant | None:
    """`self.request.method`: a constant that an object of a framework has."""
    value = held.attribute(name, run) if isinstance(held, Behaviour) else None
    return value if isinstance(value, Constant) else None


def is_script_guard(test: Expression) -> bool:
    """`__name__ == "__main__"`."""
    return isinstance(test, Comparison) and isinstance(test.left, Name) and test.left.id == "__name__"


def _compared(run: Place, test: Comparison, *, holds: bool) -> None:
    """`x is None`, `x is not None`, `x == "newest"`."""
    if len(test.operators) != 1:
        return
    other, operator = test.others[0], test.operators[0]
    if isinstance(test.left, Attribute):
        _attribute_compared(run, test.left, operator, other, holds=holds)
    if isinstance(test.left, Call) and _falls_back(test.left) and _is_answered(other, operator, holds=holds):
        _asked(run, test.left, holds=True)
    if not isinstance(test.left, Name):
        return
    if operator == ("is" if holds else "is not") or operator == ("==" if holds else "!="):
        _told_apart(run, test.left, other)
    if holds and operator in ("is", "==", "in") and is_of_classes(other):
        run.path.names[test.left.id] = UNKNOWN  # one of several classes, of which this is not the one
    if not isinstance(other, Literal):
        return
    if other.value is not None:
        _one_constant_of_several(run, test.left.id, other, is_it=operator == ("==" if holds else "!="))
        return
    if (operator in ("is", "==") and holds) or (operator in ("is not", "!=") and not holds):
        run.path.names[test.left.id] = NONE
    elif operator in ("is", "is not", "==", "!="):
        _without_none(run, test.left.id)


def _attribute_compared(
    run: Place, left: Attribute, operator: str, other: Expression, *, holds: bool
) -> None:
    """`self.limit is not None`, `rows.model is Order`."""
    is_it = operator == ("is" if holds else "is not") or operator == ("==" if holds else "!=")
    if says(other, None) and operator in ("is", "is not", "==", "!="):
        told_of_attribute(run, left, is_none=is_it)
    if is_it or operator == ("in" if holds else "not in"):
        told_of_class(run, left, other)


def _told_apart(run: Place, left: Expression, other: Expression) -> None:
    """`cls == Order`, which another class never is: of this way nobody knows anything."""
    if not is_of_classes(other):
        return
    one, another = run.of(left), run.of(other)
    if isinstance(one, Behaviour) and one.__class__ is another.__class__ and one != another:
        run.path.names.update(dict.fromkeys(run.path.names, UNKNOWN))


def _one_constant_of_several(run: Place, name: str, literal: Literal, *, is_it: bool) -> None:
    """`order == "newest"`: which of the constants it may be are left."""
    value = run.path.names.get(name)
    if not isinstance(value, Either) or literal.truncated:
        return
    kept = [
        option
        for option in value.options
        if not isinstance(option, Constant) or (option.value == literal.value) is is_it
    ]
    run.path.names[name] = any_of(kept)


def _asked(run: Place, test: Call, *, holds: bool) -> None:
    """`isinstance(x, …)` makes it one of them; `hasattr(x, …)` and the like make it anything."""
    if not isinstance(test.function, (Name, Attribute)) or not test.arguments:
        return
    function = test.function.id if isinstance(test.function, Name) else test.function.attr
    subject = test.arguments[0]
    if holds and function in ("hasattr", "callable") and isinstance(subject, Attribute):
        _forget_root(run, subject)
    if holds and function == "issubclass" and isinstance(subject, Attribute) and len(test.arguments) == 2:
        told_of_class(run, subject, test.arguments[1])
    if holds and function == "isinstance" and isinstance(subject, Subscript):
        _forget_items(run, subject)
    if holds and function == "isinstance" and isinstance(subject, Attribute) and len(test.arguments) == 2:
        _narrow_attribute(run, subject, test.arguments[1])
    if not isinstance(subject, Name) or subject.id not in run.path.names:
        return
    if function == "isinstance" and len(test.arguments) == 2:
        narrow = narrower if holds else others
        run.path.names[subject.id] = narrow(run, run.path.names[subject.id], test.arguments[1])
    elif function == "hasattr" and sets_itself(run, test):
        pass
    elif function.startswith(_PREDICATES if holds else "hasattr") or (holds and _falls_back(test)):
        run.path.names[subject.id] = UNKNOWN


def _narrow_attribute(run: Place, subject: Attribute, types: Expression) -> None:
    """`isinstance(self.ticket, AssetTicket)`: what was known of it holds as far as it fits that."""
    known = attribute_of(run, subject)
    if known is not UNKNOWN:
        hold(run, subject, narrower(run, known, types))


def _falls_back(test: Call) -> bool:
    """`getattr(order, "number", None)`, which has another answer where there is no such attribute."""
    return isinstance(test.function, Name) and test.function.id == "getattr" and len(test.arguments) == 3


def _is_answered(other: Expression, operator: str, *, holds: bool) -> bool:
    """Whether a comparison says that something is not None."""
    is_none = says(other, None)
    return operator == (("is not" if holds else "is") if is_none else ("==" if holds else "!="))


def told_of(run: Place, test: Expression, form: Expression, value: Value) -> Value:
    """What a value is by a test of it that holds: `self.of if isinstance(self.of, Order) else None`."""
    if not isinstance(test, Call) or last_name(test.function) != "isinstance" or len(test.arguments) != 2:
        return value
    subject, types = test.arguments
    is_of_it = (
        isinstance(form, Attribute) and isinstance(subject, Attribute) and _chain(form) == _chain(subject)
    )
    return narrower(run, value, types) if is_of_it else value


def _chain(form: Expression) -> tuple[str, ...]:
    """The names of `self.order.lines`."""
    if isinstance(form, Attribute):
        return (*_chain(form.value), form.attr)
    return (form.id,) if isinstance(form, Name) else ("", str(id(form)))


def _forget_root(run: Place, subject: Attribute) -> None:
    """`hasattr(table.c, "owner")`: there may be tables that have it."""
    root: Expression = subject
    while isinstance(root, Attribute):
        root = root.value
    if isinstance(root, Name) and run.path.names.get(root.id) is not run.trace.receiver:
        run.path.names[root.id] = UNKNOWN


def _forget_items(run: Place, subject: Subscript) -> None:
    """`isinstance(args[0], Job)`: what was known of the items holds no more."""
    if isinstance(subject.value, Name) and subject.value.id in run.path.names:
        run.path.names[subject.value.id] = UNKNOWN


def _is_instance(run: Place, test: Call) -> bool | None:
    """What `isinstance(x, Class)` gives; None where nobody can tell."""
    if not asks_instance(test):
        return None
    subject = test.arguments[0]
    value = run.path.names.get(subject.id) if isinstance(subject, Name) else None
    if isinstance(subject, Attribute):
        value = attribute_of(run, subject)
    return is_instance(run, test, value)


def _begins_or_ends(run: Place, test: Call) -> bool | None:
    """What `kind.startswith("pre")` gives; None where nobody can tell."""
    function, first = test.function, test.arguments[0] if len(test.arguments) == 1 else None
    if not isinstance(function, Attribute) or function.attr not in ("startswith", "endswith"):
        return None
    value = _known(run, function.value) if isinstance(function.value, (Name, Attribute)) else None
    text = value.value if isinstance(value, Constant) else None
    part = first.value if isinstance(first, Literal) and not first.truncated else None
    if not isinstance(text, str) or not isinstance(part, str):
        return None
    return text.startswith(part) if function.attr == "startswith" else text.endswith(part)


def _is_among(run: Place, test: Comparison) -> bool | None:
    """What `"name" in NAMES` gives, `"name" in kwargs` or `model in (Order, Line)`; None for nobody knows."""
    if test.operators[0] not in ("in", "not in") or not isinstance(test.left, (Literal, Name, Attribute)):
        return None
    left = test.left.value if isinstance(test.left, Literal) else None
    if not isinstance(test.left, Literal):
        known = _known(run, test.left)
        if isinstance(known, Behaviour):
            is_there = is_one_of(run, known, test.others[0])
            return is_there if test.operators[0] == "in" or is_there is None else not is_there
        if not isinstance(known, Constant):
            return None
        left = known.value
    listed = run.of(test.others[0])
    if isinstance(listed, Entries) and not listed.is_open and not listed.others and isinstance(left, str):
        is_there = any(key == left for key, _ in listed.values)
    elif isinstance(listed, Items) and all(isinstance(item, Constant) for item in listed.items):
        is_there = any(isinstance(item, Constant) and item.value == left for item in listed.items)
    else:
        return None
    return is_there if test.operators[0] == "in" else not is_there


def _is_class(run: Place, value: Behaviour, test: Comparison) -> bool | None:
    """What `model is Order` gives for a class that a framework knows; None where nobody can tell."""
    other, operator = test.others[0], test.operators[0]
    another = run.of(other) if is_of_classes(other) else UNKNOWN
    if another.__class__ is not value.__class__ or operator not in ("is", "==", "is not", "!="):
        return None
    return (value == another) is (operator in ("is", "=="))


def _without_none(run: Place, name: str) -> None:
    value = run.path.names.get(name)
    if value == NONE:
        run.path.names[name] = UNKNOWN
    if isinstance(value, Either):
        options = tuple(option for option in alternatives(value) if option != NONE)
        run.path.names[name] = options[0] if len(options) == 1 else Either(options)
