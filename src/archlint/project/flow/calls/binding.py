"""Which parameter gets which argument."""

from __future__ import annotations

from archlint.facts.expressions import Attribute, Collection, Expression, Literal, Name
from archlint.project.answer import UNKNOWN, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.telling import are_telling, is_telling
from archlint.project.flow.values import Arguments, Closure, Either, Entries, Items, Object, Value, any_of


def bound_arguments(closure: Closure, arguments: Arguments) -> tuple[tuple[tuple[str, Value], ...], bool]:
    """The parameters that a call gives a value, in order, and whether it may give more."""
    function = closure.function
    waiting = arguments.positional
    if closure.receiver is not None and (function.receiver or function.fact.owner < 0):
        waiting = (closure.receiver, *waiting)
    elif function.is_task_of_its_own:
        waiting = (UNKNOWN, *waiting)
    taken = 0
    named = dict(arguments.named)
    given: list[tuple[str, Value]] = []
    for parameter in function.fact.parameters:
        name = parameter.name
        if parameter.kind in ("positional", "normal") and taken < len(waiting):
            given.append((name, waiting[taken]))
            taken += 1
        elif parameter.kind == "star":
            given.append((name, Items("tuple", waiting[taken:])))
            taken = len(waiting)
        elif parameter.kind == "double-star":
            is_kept = function.is_handed_on
            swept = tuple(named.items()) if is_kept else ()
            given.append((name, Entries(swept, arguments.is_open or not is_kept)))
        elif name in named:
            given.append((name, named.pop(name)))
    return tuple(given), arguments.is_open


def fitting(value: Value, names: frozenset[str], hierarchy: ClassHierarchy) -> Value:
    """Of objects of several classes, those that an annotation speaks of, where it does of some."""
    if not names or not isinstance(value, Either):
        return value
    fits = {option: _is_named(option, names, hierarchy) for option in value.options}
    if True not in fits.values():
        return value
    return any_of([option for option, is_fitting in fits.items() if is_fitting is not False])


def _is_named(value: Value, names: frozenset[str], hierarchy: ClassHierarchy) -> bool | None:
    """Whether an object of the project is of a class with one of these names; None for all else."""
    if not isinstance(value, Object) or not isinstance(value.of, ProjectClass):
        return None
    order = hierarchy.order(value.of)
    if any(isinstance(each, ProjectClass) and each.fact.name in names for each in order):
        return True
    return None if any(isinstance(each, Unresolved) for each in order) else False


def is_short(closure: Closure, arguments: Arguments, passed: tuple[tuple[str, Value], ...]) -> bool:
    """Whether a call passes too little by position.

    It fails, or a decorator passes more: which parameter gets which argument nobody knows then.
    """
    if arguments.is_open or not arguments.positional:
        return False
    given = {name for name, _ in passed}
    return any(
        each.default is None and each.kind not in ("star", "double-star") and each.name not in given
        for each in closure.function.fact.parameters
    )


def is_written_down(default: Expression) -> bool:
    """Whether a default says what a parameter is where nobody passes another, and calls nothing for it."""
    if isinstance(default, Collection):
        return all(map(is_written_down, default.items))
    return isinstance(default, (Literal, Name, Attribute))


def chooses(closure: Closure, arguments: Arguments) -> bool:
    """Whether a call passes something known for what has a default: `options=[selectinload(…)]`.

    What the function gives where nobody passes it is then no answer.
    """
    if not are_telling(arguments):
        return False
    parameters = closure.function.fact.parameters
    optional = {each.name for each in parameters if each.kind == "star" or isinstance(each.default, Literal)}
    return bool(optional) and any(
        name in optional and is_telling(value) for name, value in bound_arguments(closure, arguments)[0]
    )
