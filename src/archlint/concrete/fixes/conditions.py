"""Conditions that SQL can see, instead of Python's own operators."""

from __future__ import annotations

import libcst as cst

from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Step

_CLAUSES = ("where", "filter", "having")
_METHODS = {cst.In: "in_", cst.NotIn: "not_in", cst.Is: "is_", cst.IsNot: "is_not"}
_IDENTITIES = {"is_": "==", "is_not": "!="}
_SINGLE = ("None", "True", "False")
_OPERATORS = {cst.And: "and", cst.Or: "or"}
_PLAIN = (cst.Name, cst.Attribute, cst.Call, cst.Subscript)


def condition(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """`and`, `or`, `not`, `in` and `is` around a location, by the operator that is told."""
    at = script.start(step.at)
    if step.old in ("and", "or"):
        return _joined(script, step.old, at, imports)
    if step.old == "not":
        return _negated(script, at, imports)
    return _compared(script, step, at)


def _joined(script: Manuscript, operator: str, at: int, imports: Imports) -> list[Change]:
    holding = [
        (end - start, node)
        for node, start, end in script.all(cst.BooleanOperation)
        if start <= at <= end and _OPERATORS[type(node.operator)] == operator
    ]
    if not holding:
        raise Unfit(f"there is no `{operator}`")
    node = min(holding, key=lambda each: each[0])[1]
    outer = script.parent(node)
    while isinstance(outer, cst.BooleanOperation) and type(outer.operator) is type(node.operator):
        node, outer = outer, script.parent(outer)
    changes = _commas(script, node, operator)
    start, end = script.span(node)
    call = script.parent(outer) if isinstance(outer, cst.Arg) and not node.lpar else None
    if operator == "and" and isinstance(call, cst.Call) and _is_clause(call, outer):
        return changes
    name = imports.local(f"sqlalchemy.{operator}_")
    start, end = script.outer(node)
    opening, closing = ("", "") if node.lpar else ("(", ")")
    return [Change(start, start, f"{name}{opening}"), *changes, Change(end, end, closing)]


def _commas(script: Manuscript, node: cst.BaseExpression, operator: str) -> list[Change]:
    """A comma for each operator of a chain."""
    if not isinstance(node, cst.BooleanOperation) or _OPERATORS[type(node.operator)] != operator:
        return []
    left, right = script.outer(node.left)[1], script.outer(node.right)[0]
    start = script.text.index(operator, left, right)
    if "#" in script.text[left:start]:
        raise Unfit("a comment stands between the operands")
    end = start + len(operator)
    after = script.text[end:right]
    if "\n" in after or "\r" in after:
        changes = [Change(left, end, ",")]
    else:
        changes = [Change(left, left, ","), Change(start, right, "")]
    inside = _commas(script, node.left, operator) if not _is_wrapped(node.left) else []
    return [
        *inside,
        *changes,
        *(_commas(script, node.right, operator) if not _is_wrapped(node.right) else []),
    ]


def _negated(script: Manuscript, at: int, imports: Imports) -> list[Change]:
    holding = [
        (end - start, node)
        for node, start, end in script.all(cst.UnaryOperation)
        if start <= at <= end and isinstance(node.operator, cst.Not)
    ]
    if not holding:
        raise Unfit("there is no `not`")
    node = min(holding, key=lambda each: each[0])[1]
    name = imports.local("sqlalchemy.not_")
    start, (begin, end) = script.span(node)[0], script.outer(node.expression)
    opening, closing = ("", "") if _is_wrapped(node.expression) else ("(", ")")
    return [Change(start, begin, f"{name}{opening}"), Change(end, end, closing)]


def _compared(script: Manuscript, step: Step, at: int) -> list[Change]:
    operator = step.old
    holding = [
        (end - start, node)
        for node, start, end in script.all(cst.Comparison)
        if start <= at <= end and script.outer(node.left)[0] <= at < script.outer(node.left)[1]
    ]
    if not holding:
        raise Unfit(f"there is no `{operator}`")
    node = min(holding, key=lambda each: each[0])[1]
    if len(node.comparisons) != 1:
        raise Unfit("several comparisons stand in one chain")
    target = node.comparisons[0]
    method = _METHODS.get(type(target.operator))
    if method is None:
        raise Unfit(f"there is no `{operator}`")
    (start, left), (right, end) = script.outer(node.left), script.outer(target.comparator)
    if method in _IDENTITIES and script.code(target.comparator) not in _SINGLE:
        return [Change(left, right, f" {_IDENTITIES[method]} ")]  # no SQL knows `IS 5`
    method = step.text or method
    wrapped = _is_wrapped(target.comparator) and not isinstance(
        target.comparator, (cst.Tuple, cst.GeneratorExp)
    )
    opening, closing = ("", "") if wrapped else ("(", ")")
    is_plain = isinstance(node.left, _PLAIN) or _is_wrapped(node.left)
    before = [] if is_plain else [Change(start, start, "(")]
    between = f".{method}{opening}" if is_plain else f").{method}{opening}"
    return [*before, Change(left, right, between), Change(end, end, closing)]


def _is_clause(call: cst.Call, arg: cst.CSTNode | None) -> bool:
    """Whether a clause takes several conditions, and the argument is one of them."""
    is_method = isinstance(call.func, cst.Attribute) and call.func.attr.value in _CLAUSES
    return is_method and isinstance(arg, cst.Arg) and arg.keyword is None and not arg.star


def _is_wrapped(node: cst.BaseExpression) -> bool:
    return bool(node.lpar)
