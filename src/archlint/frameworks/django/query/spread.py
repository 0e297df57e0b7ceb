"""Dicts that differ by branch and are spread into a call: `if town: filters["town"] = town`.

What only one branch puts in is surely given by some way through the function, unless what decides about
the branch decides about the call as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Keyword, Literal, Name, dotted
from archlint.facts.forms import parts, passed_values, walked
from archlint.facts.statements import Delete, For, If, Jump, Match, Raise, Return, Try, While

if TYPE_CHECKING:
    from archlint.facts.definitions import FunctionFact
    from archlint.facts.expressions import Form
    from archlint.facts.statements import Statement
    from archlint.project.flow.trace import Trace
    from archlint.project.module import Module

_ASKING = ("VERSION", "_meta", "get_fields", "hasattr")
"""With these a function finds out what there is before it gives it."""

_TAKING = (*_ASKING, "pop", "popitem", "clear", "items")
"""With these it may leave something out."""


def is_given_on_some_way(module: Module, form: Call, spread: tuple[Expression, ...] = ()) -> bool:
    """Whether what a function puts into dicts of its own gets to a call, as far as tests tell.

    `spread` are the dicts; those in front of which there are two stars where none are given.
    """
    spread = spread or tuple(keyword.value for keyword in form.keywords if not keyword.name)
    function = _around(module, form.line)
    if function is None or module.mentions(function, *_ASKING):
        return False
    if not all(_is_own(function, one) for one in spread):
        return False
    about, others = _tests(module.statements(function), form)
    return about is not None and about.isdisjoint(others)


def said_by_caller(trace: Trace, form: Call, name: str) -> Keyword | None:
    """Where the caller writes a keyword that a call spreads with all the `**keywords` of its function."""
    if trace.caller is None or trace.function is None or trace.module.mentions(trace.function.fact, *_TAKING):
        return None
    parameters = trace.function.fact.parameters
    rest = next((one.name for one in parameters if one.kind == "double-star"), "")
    spread = [one.value for one in form.keywords if not one.name]
    is_whole = bool(rest) and all(isinstance(one, Name) and one.id == rest for one in spread)
    said = (keyword for keyword in trace.caller[1].keywords if is_whole and keyword.name == name)
    return next(said, None)


def is_validated(trace: Trace, form: Call, name: str) -> bool:
    """Whether a call spreads all that a serializer hands to its `create`, with nothing taken out of it.

    Helpers between them hand on what they are given.
    """
    function = trace.function
    spread = [one.value for one in form.keywords if not one.name]
    if function is None or len(spread) != 1 or not isinstance(spread[0], Name):
        return False
    parameter = next((one for one in function.fact.parameters if one.name == spread[0].id), None)
    if parameter is None or _takes_out(trace.module.statements(function.fact), name):
        return False
    if parameter.kind == "double-star":
        return trace.caller is not None and is_validated(*trace.caller, name)
    is_own = function.fact.owner >= 0 and parameter is function.fact.parameters[-1]
    return is_own and function.fact.name == "create" and trace.arguments is None


def _takes_out(statements: tuple[Statement, ...], name: str) -> bool:
    """Whether some statement takes a key out of a dict, if only on one way."""
    return any(
        isinstance(one, Literal) and one.value == name
        for form in walked(statements)
        if isinstance(form, Delete)
        or (isinstance(form, Call) and isinstance(form.function, Attribute) and form.function.attr == "pop")
        for one in walked((form,))
    )


def _around(module: Module, line: int) -> FunctionFact | None:
    """The innermost function around a line."""
    around = [one for one in module.functions if one.line <= line <= one.end_line]
    return max(around, key=lambda one: one.line, default=None)


def _is_own(function: FunctionFact, spread: Expression) -> bool:
    """Whether a function makes a dict itself, or has it made of nothing that it says in so many words.

    What a caller passes, it may choose by anything.
    """
    if isinstance(spread, Call):
        given = passed_values(spread)
        return not any(isinstance(one, Literal) for one in given)
    return isinstance(spread, Name) and spread.id not in {one.name for one in function.parameters}


def _tests(statements: tuple[Statement, ...], form: Call) -> tuple[frozenset[str] | None, frozenset[str]]:
    """What decides whether a call happens, and what decides about anything else, by names.

    None for the first where it is more than tests: a loop over the very classes that are asked.
    """
    about: set[str] = set()
    others: set[str] = set()
    owner = dotted(form.function).partition(".")[0]
    for statement in walked(statements):
        if _is_another_way(statement, form) or (_is_loop_over(statement, owner) and _holds(statement, form)):
            return None, frozenset()
        if isinstance(statement, If):
            decides = _holds(statement, form) or (_leaves(statement) and statement.line < form.line)
            (about if decides else others).update(_chains(statement.test))
    return frozenset(about), frozenset(others)


def _is_another_way(statement: Form, form: Call) -> bool:
    """Whether more than tests leads to a call: one case of several, a failure."""
    if isinstance(statement, Try):
        return any(_holds(part, form) for handler in statement.handlers for part in handler.body)
    return isinstance(statement, (Match, While)) and _holds(statement, form)


def _is_loop_over(statement: Form, owner: str) -> bool:
    """Whether a loop goes through the very things that are asked."""
    if not isinstance(statement, For):
        return False
    return any(isinstance(one, Name) and one.id == owner for one in walked((statement.target,)))


def _holds(statement: Form, form: Call) -> bool:
    end = form.line, form.column
    return any(isinstance(one, Call) and (one.line, one.column) == end for one in walked((statement,)))


def _leaves(statement: If) -> bool:
    return any(
        isinstance(one, (Raise, Return)) or (isinstance(one, Jump) and one.kind != "pass")
        for one in walked((statement,))
    )


def _chains(test: Form) -> Iterator[str]:
    """The names that a test asks, as long as they are written: `request.method`."""
    name = dotted(test)
    if name:
        yield name
        return
    for part in parts(test):
        yield from _chains(part)
