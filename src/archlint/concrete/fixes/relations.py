"""Objects and columns that lie one relationship further."""

from __future__ import annotations

import libcst as cst

from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Step

_CLAUSES = frozenset({"where", "filter", "having", "and_", "or_", "not_"})
_TAKING_ONE = frozenset({"add", "aadd", "remove", "aremove"})
_PLAIN = (cst.Name, cst.Attribute, cst.Call, cst.Subscript)


def follow(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """An attribute of an argument instead of the argument: of the keyword there, or of a call's only one."""
    given = script.keyword(step.at)
    if given is None:
        call = script.called(step.at)
        if len(call.args) != 1 or call.args[0].star or _name(call.func) not in _TAKING_ONE:
            raise Unfit("it is not the one object that a call takes")
        given = call.args[0]
    value = given.value
    start, end = script.outer(value)
    if isinstance(value, _PLAIN) or value.lpar:
        return [Change(end, end, f".{step.text}")]
    return [Change(start, start, "("), Change(end, end, f").{step.text}")]


def through(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """A condition on a column behind a relationship: `Photo.owner.has(User.name == x)`."""
    node = script.ending_at(script.end(step.at))
    if not isinstance(node, cst.Attribute) or not isinstance(node.value, cst.Attribute):
        raise Unfit("no attribute of a relationship ends there")
    condition = _condition(script, node)
    (dotted,) = step.imports
    column = f"{imports.local(dotted)}.{node.attr.value}"
    (start, end), (first, last) = script.outer(condition), script.span(node)
    inside = f"{script.text[start:first]}{column}{script.text[last:end]}"
    return [Change(start, end, f"{script.code(node.value)}.{step.text}({inside})")]


def _condition(script: Manuscript, node: cst.Attribute) -> cst.BaseExpression:
    """The whole of what is said of a column. Raises Unfit where that is no condition of a clause."""
    found: cst.BaseExpression = node
    while True:
        around = script.parent(found)
        is_compared = isinstance(around, cst.Comparison) and len(around.comparisons) == 1
        is_called = isinstance(around, cst.Call) and around.func is found
        if not isinstance(around, (cst.Attribute, cst.Call, cst.Comparison)):
            break
        if not (isinstance(around, cst.Attribute) or is_called or is_compared):
            break
        found = around
    call = script.parent(around) if isinstance(around, cst.Arg) and around.keyword is None else None
    if found is node or not isinstance(call, cst.Call) or _name(call.func) not in _CLAUSES:
        raise Unfit("it is no condition of a clause")
    return found


def _name(function: cst.BaseExpression) -> str:
    if isinstance(function, cst.Attribute):
        return function.attr.value
    return function.value if isinstance(function, cst.Name) else ""
