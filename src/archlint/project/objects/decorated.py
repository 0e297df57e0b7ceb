"""What decorators hand to the functions they wrap: `function(Orders(session), *args)`."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, Expression, Name, Starred
from archlint.facts.forms import passed_values, walked
from archlint.project.functions import Functions, ProjectFunction


def handed_in(
    functions: Functions, decorator: ProjectFunction, wrapped: ProjectFunction, name: str
) -> Iterator[tuple[ProjectFunction, Expression]]:
    """The values that a decorator of the project calls what it wraps with, for a parameter of that.

    Each comes with the wrapper that passes it: a function inside the decorator that calls a parameter of
    what is around it.
    """
    at = [parameter.name for parameter in wrapped.fact.parameters].index(name)
    for wrapper, call in _calls(functions, decorator):
        passed = _passed(call, at, name)
        if passed is not None:
            yield wrapper, passed


def hands_all_on(functions: Functions, decorator: ProjectFunction) -> bool:
    """Whether a decorator calls what it wraps with all that it gets, and with no more.

    Wrappers that do anything else with what they get may put something in: `kwargs.update(user=user)`.
    """
    calls = list(_calls(functions, decorator))
    return bool(calls) and all(
        _is_spread(call) and _is_untouched(wrapper, [other for at, other in calls if at == wrapper])
        for wrapper, call in calls
    )


def _is_untouched(wrapper: ProjectFunction, calls: list[Call]) -> bool:
    """Whether a wrapper speaks of what it gets in its calls of what it wraps alone."""
    handed = [each.id for call in calls for each in walked(passed_values(call)) if isinstance(each, Name)]
    body = walked(wrapper.module.statements(wrapper.fact))
    said = [each.id for each in body if isinstance(each, Name) and each.id in handed]
    return len(said) == len(handed)


def _is_spread(call: Call) -> bool:
    """`function(*args, **kwargs)`."""
    by_place = all(isinstance(each, Starred) for each in call.arguments)
    return by_place and bool(call.keywords) and not any(each.name for each in call.keywords)


def _calls(functions: Functions, decorator: ProjectFunction) -> Iterator[tuple[ProjectFunction, Call]]:
    """The calls of what a decorator wraps, in the functions inside it."""
    start = f"{decorator.fact.qualname}()."
    around = _parameters(decorator)
    inside = [f for f in functions.all_of(decorator.module) if f.fact.qualname.startswith(start)]
    for wrapper in inside:
        for site in functions.summary(wrapper).calls:
            called = site.call.function
            if isinstance(called, Name) and called.id in around - _parameters(wrapper):
                yield wrapper, site.call
        around |= _parameters(wrapper)


def _parameters(function: ProjectFunction) -> set[str]:
    return {parameter.name for parameter in function.fact.parameters}


def _passed(call: Call, at: int, name: str) -> Expression | None:
    """What a call certainly passes for a parameter, whatever else it hands through."""
    by_name = next((keyword.value for keyword in call.keywords if keyword.name == name), None)
    before = call.arguments[: at + 1]
    if by_name is not None or len(before) <= at or any(isinstance(each, Starred) for each in before):
        return by_name
    return before[at]
