"""What `isinstance` tells of a value, and which way a run takes where it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import Either, Entries, Items, Object, Value, alternatives

if TYPE_CHECKING:
    from archlint.project.flow.place import Place

_OF_DICTS = frozenset({"Collection", "Container", "Iterable", "Mapping", "MutableMapping", "Sized"})
"""Abstract classes that a dict is of."""


def narrower(run: Place, value: Value, types: Expression) -> Value:
    """What a value is that is one of some classes; what was known of it counts more, if it is that class."""
    promised = _one_of(run, types)
    if value is UNKNOWN:
        return promised
    kept = [option for option in alternatives(value) if _is_a(run, option, promised)]
    return kept[0] if len(kept) == 1 else UNKNOWN


def others(run: Place, value: Value, types: Expression) -> Value:
    """What a value is that is none of some classes."""
    refused = _one_of(run, types)
    if refused is UNKNOWN:
        return UNKNOWN
    kept = [option for option in alternatives(value) if _is_a(run, option, refused) is not True]
    if not kept:
        return UNKNOWN
    return kept[0] if len(kept) == 1 else Either(tuple(kept))


def asks_instance(test: Call) -> bool:
    """Whether a call is `isinstance(x, Class)`."""
    function = test.function
    return isinstance(function, Name) and function.id == "isinstance" and len(test.arguments) == 2


def is_instance(run: Place, test: Call, value: Value | None) -> bool | None:
    """What `isinstance(x, Class)` gives for a value of `x`; None where nobody can tell."""
    if value is None or value is UNKNOWN:
        return None
    subject, types = test.arguments
    wanted = _one_of(run, types)
    answers = {_is_a(run, option, wanted) for option in alternatives(value)}
    if answers == {None} and isinstance(subject, Attribute):
        return False if all(_are_strangers(run, option, wanted) for option in alternatives(value)) else None
    return answers.pop() if len(answers) == 1 else None


def _is_a(run: Place, value: Value, wanted: Value) -> bool | None:
    """Whether a value is an object of the class that another is one of; None where nobody can tell."""
    if isinstance(value, Behaviour):
        return value.is_a(wanted, run)
    if isinstance(value, Entries) and isinstance(wanted, Object) and isinstance(wanted.of, External):
        return True if wanted.of.name.rpartition(".")[2] in _OF_DICTS else None
    kind = run.flow.kind_of(value)
    return True if kind is not None and kind == run.flow.kind_of(wanted) else None


def _are_strangers(run: Place, value: Value, wanted: Value) -> bool:
    """Whether two objects are of classes of the project no class is both of."""
    if not isinstance(value, Behaviour) or not isinstance(wanted, Behaviour):
        return False
    one, other = value.types(run.flow.project), wanted.types(run.flow.project)
    return len(one) == len(other) == 1 and run.flow.objects.are_strangers(one[0], other[0])


def _one_of(run: Place, types: Expression) -> Value:
    found = run.of(types)
    options = found.items if isinstance(found, Items) else (found,)
    return run.flow.instance_of(options[0], run) if len(options) == 1 else UNKNOWN
