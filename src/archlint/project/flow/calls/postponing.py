"""Generators that a call is handed, which begin once the caller is over: `StreamingResponse(lines())`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from archlint.facts.expressions import Call
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.calls.passing import arguments_of
from archlint.project.flow.values import Arguments, Closure, Value

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.flow.place import Place


class Streamer(Behaviour, frozen=True):
    """What goes through its first argument when whoever calls it has returned."""

    is_noted: ClassVar[bool] = False

    name: str = "content"
    """The argument as a keyword."""


def arguments_for(run: Place, callee: Value, form: Call) -> Arguments:
    """The arguments of a call, in their order; a generator that is handed to a streamer waits."""
    content = _content(callee, form) if isinstance(callee, Streamer) else None
    if content is None:
        return arguments_of(run, form)
    generator = run.of(content.function)
    if not isinstance(generator, Closure) or not generator.function.fact.is_generator:
        return arguments_of(run, form)
    given = arguments_of(run, content)
    run.later(lambda: run.call(generator, given))
    return Arguments(is_open=True)


def _content(streamer: Streamer, form: Call) -> Call | None:
    named: list[Expression] = [each.value for each in form.keywords if each.name == streamer.name]
    first = next(iter((*form.arguments, *named)), None)
    return first if isinstance(first, Call) else None
