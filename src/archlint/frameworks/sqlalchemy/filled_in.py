"""What functions return, with what they are called with in the place of their parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.expressions import Attribute, Call, Expression, Keyword, Literal, Name, Template
from archlint.facts.substitution import substituted
from archlint.project.call_arguments import call_arguments, spreads_mapping, spreads_sequence

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.summaries import Summary

Seen: TypeAlias = "Callable[[Expression], Expression | None]"
"""What stands for an argument where its own scope is not at hand; None where nobody can tell."""

_DEPTH = 4


def as_text(text: str) -> Template:
    """A text that is written nowhere."""
    return Template((Literal(text, 0, 0),), 0, 0)


def called_with(
    function: ProjectFunction, summary: Summary, call: Call, seen: Seen, returned: Expression
) -> Expression:
    """What a function returns, for one call of it. Names that nobody can tell stay."""
    given, options = _given(function, call)
    shown = {name: seen(value) for name, value in given.items()}
    shown.update(
        (parameter.name, None) for parameter in function.fact.parameters if parameter.name not in shown
    )
    rest = next((p.name for p in function.fact.parameters if p.kind == "double-star"), "")

    def spread(keyword: Keyword) -> tuple[Keyword, ...] | None:
        if not isinstance(keyword.value, Name) or keyword.value.id != rest or not rest:
            return None
        values = [(one, seen(one.value)) for one in options]
        if any(not one.name for one in options):
            return None
        return tuple(
            Keyword(one.name, value if value is not None else keyword.value, one.line, one.column)
            for one, value in values
        )

    return with_locals(summary, shown, returned, spread)


def rest_of(function: ProjectFunction, call: Call) -> tuple[str, tuple[Expression, ...]] | None:
    """The parameter that takes all further positional arguments, and those that a call gives it."""
    rest = next((p.name for p in function.fact.parameters if p.kind == "star"), "")
    return (rest, call_arguments(function.left_to_callers, call).further) if rest else None


def with_locals(
    summary: Summary,
    given: Mapping[str, Expression | None],
    returned: Expression,
    spread: Callable[[Keyword], tuple[Keyword, ...] | None] = lambda _: None,
    attribute: Callable[[Attribute], Expression | None] = lambda _: None,
) -> Expression:
    """An expression of a function with what its names stand for: parameters, and those it binds once."""

    def filled(form: Expression, depth: int) -> Expression:
        def answer(name: Name | Attribute) -> Expression | None:
            if isinstance(name, Attribute):
                return _put_at(name, attribute(name))
            if name.id in given:
                return _put_at(name, given[name.id])
            bound = summary.bound.get(name.id, ())
            if len(bound) != 1 or bound[0].how != "assign" or not depth:
                return None
            return filled(bound[0].value, depth - 1)

        return substituted(form, answer, spread)

    return filled(returned, _DEPTH)


def _put_at(name: Name | Attribute, value: Expression | None) -> Expression | None:
    """What stands for a name; texts and numbers from elsewhere stand where the name does."""
    if isinstance(value, Template) and not value.line:
        return Template(value.parts, name.line, name.column)
    if isinstance(value, Literal) and not value.line:
        return Literal(value.value, name.line, name.column)
    return value


def _given(function: ProjectFunction, call: Call) -> tuple[dict[str, Expression], tuple[Keyword, ...]]:
    """The arguments by parameter, defaults too, and the keywords for which there is none."""
    parameters = function.left_to_callers
    passed = call_arguments(parameters, call)
    if spreads_sequence(call) or spreads_mapping(call):
        return passed.by_parameter, passed.keywords
    defaults = {each.name: each.default for each in parameters if each.default is not None}
    return defaults | passed.by_parameter, passed.keywords
