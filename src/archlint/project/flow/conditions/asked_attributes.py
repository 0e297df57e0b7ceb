"""What a condition tells of an attribute, and of what has it: `self.limit is None`, `rows.model is Order`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Comparison,
    Expression,
    Literal,
    Name,
    last_name,
)
from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import NONE, Object, Value, alternatives, any_of

if TYPE_CHECKING:
    from archlint.project.flow.place import Place


def told_of_attribute(run: Place, form: Attribute, *, is_none: bool) -> None:
    """Remember on this way whether an attribute of what a name stands for is None."""
    if isinstance(form.value, Name):
        run.path.names[_key(form.value, form.attr)] = NONE if is_none else UNKNOWN


def forget_attribute(run: Place, form: Attribute) -> None:
    """An attribute is set: what conditions have told of it, and what was set on it, is true no more."""
    if isinstance(form.value, Name):
        run.path.names.pop(_key(form.value, form.attr), None)
        run.path.names.pop(_held(form), None)


def hold(run: Place, form: Attribute, value: Value) -> None:
    """What an attribute stands for from here on in this run: something was set on it, or it was asked."""
    if isinstance(form.value, Name):
        run.holds = True
        run.path.names[_held(form)] = value


def as_held(run: Place, form: Attribute, value: Value) -> Value:
    """What an attribute stands for after something was set on it: `self.mailer.queue = []`."""
    return run.path.names.get(_held(form), value) if isinstance(form.value, Name) else value


def as_told(run: Place, form: Attribute, value: Value) -> Value:
    """What an attribute is that may be None, after what conditions have told."""
    if not isinstance(form.value, Name) or NONE not in alternatives(value):
        return value
    if run.path.names.get(_key(form.value, form.attr)) is not UNKNOWN:
        return value
    return any_of([option for option in alternatives(value) if option != NONE])


def _held(form: Attribute) -> str:
    return f"{getattr(form.value, 'id', '')}.{form.attr}="


def _key(owner: Name, name: str) -> str:
    """What no name is called."""
    return f"{owner.id}.{name}"


def is_of_classes(form: Expression) -> bool:
    """Whether an expression is a class by its name, or lists some."""
    if isinstance(form, Collection):
        return bool(form.items) and all(map(is_of_classes, form.items))
    name = last_name(form)
    return name[:1].isupper() and not name.isupper()


def is_of_class(run: Place, test: Comparison) -> bool | None:
    """What `rows.model is Order` gives, or `rows.model in (Order, Line)`; None where nobody can tell."""
    if len(test.operators) != 1 or not isinstance(test.left, Attribute):
        return None
    operator, listed = test.operators[0], _listed(run, test.others[0])
    if operator not in _POSITIVE and operator not in _NEGATIVE:
        return None
    answers = (
        {_is_among(each, listed) for each in alternatives(attribute_of(run, test.left))} if listed else {None}
    )
    answer = answers.pop() if len(answers) == 1 else None
    return answer if answer is None or operator in _POSITIVE else not answer


def is_one_of(run: Place, value: Value, other: Expression) -> bool | None:
    """Whether a class is one of those that are listed; None where nobody can tell."""
    listed = _listed(run, other)
    return _is_among(value, listed) if listed else None


def told_of_class(run: Place, form: Attribute, other: Expression) -> None:
    """Where `rows.model is Order` holds, `rows` is one of those that have this model."""
    listed = _listed(run, other)
    value = run.path.names.get(form.value.id) if isinstance(form.value, Name) else None
    if not listed or not isinstance(form.value, Name) or value is None or value is UNKNOWN:
        return
    kept = [
        option
        for option in alternatives(value)
        if _is_among(run.flow.attribute(run, option, form.attr), listed) is not False
    ]
    run.path.names[form.value.id] = any_of(kept)


_POSITIVE = ("is", "==", "in")
_NEGATIVE = ("is not", "!=", "not in")


def attribute_of(run: Place, form: Attribute) -> Value:
    """What an attribute of what a name stands for is; nothing is noted for that."""
    value = run.path.names.get(form.value.id) if isinstance(form.value, Name) else None
    return UNKNOWN if value is None or value is UNKNOWN else run.flow.attribute(run, value, form.attr)


def _listed(run: Place, other: Expression) -> tuple[Value, ...]:
    """The classes that a condition names; nothing where one of them is no class that a framework knows."""
    if not is_of_classes(other):
        return ()
    found = tuple(map(run.of, other.items)) if isinstance(other, Collection) else (run.of(other),)
    return found if all(isinstance(each, Behaviour) for each in found) else ()


def _is_among(value: Value, listed: tuple[Value, ...]) -> bool | None:
    """Whether a class is one of some; None where nobody can tell."""
    if value in listed:
        return True
    is_alike = isinstance(value, Behaviour) and any(each.__class__ is value.__class__ for each in listed)
    return False if is_alike else None


def sets_itself(run: Place, test: Call) -> bool:
    """`hasattr(self, "_session")`: a method asks whether one of its class has set that already."""
    subject, name = test.arguments[0], test.arguments[-1]
    own = run.path.names.get(subject.id) if isinstance(subject, Name) else None
    if not isinstance(own, Object) or own != run.trace.receiver or not isinstance(name, Literal):
        return False
    return not isinstance(own.of, External) and name.value in own.of.fact.attributes
