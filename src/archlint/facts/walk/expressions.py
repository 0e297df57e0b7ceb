"""Lowering of expressions, by type of node."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Collection,
    Comparison,
    Comprehension,
    Conditional,
    Expression,
    Generator,
    Keyword,
    Lambda,
    Literal,
    Mapping,
    Name,
    Opaque,
    Operation,
    Slice,
    Starred,
    Subscript,
    Template,
    Walrus,
    Yield,
)
from archlint.facts.sql import SqlText, looks_like_sql
from archlint.facts.walk import reading
from archlint.facts.walk.conditions import is_running, is_typing
from archlint.facts.walk.dynamic import note_call, note_subscript
from archlint.facts.walk.state import Walk

LONGEST_TEXT = 200
"""Longer text is cut: it is prose or data. SQL is kept whole elsewhere."""

_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.MatMult: "@",
    ast.Div: "/",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.BitAnd: "&",
    ast.FloorDiv: "//",
    ast.Invert: "~",
    ast.Not: "not",
    ast.UAdd: "+",
    ast.USub: "-",
    ast.And: "and",
    ast.Or: "or",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_ASKING = frozenset({ast.Name, ast.Attribute, ast.UnaryOp})
"""What may ask whether only type checkers read on."""

_LOAD = ast.Load
_LARGEST = 2**63 - 1
"""Of what MessagePack can hold, negated too."""

_CHAINED = frozenset({ast.Add, ast.BitOr, ast.BitAnd, ast.Mult})


def operator(node: ast.AST) -> str:
    """How an operator is written."""
    return _OPERATORS[node.__class__]


def keywords(walk: Walk, nodes: list[ast.keyword]) -> tuple[Keyword, ...]:
    """The keywords of a call or a class statement."""
    lower = EXPRESSIONS
    return tuple(
        [Keyword(k.arg or "", lower[k.value.__class__](walk, k.value), k.lineno, k.col_offset) for k in nodes]
    )


def expressions(walk: Walk, nodes: list[ast.expr]) -> tuple[Expression, ...]:
    """Some expressions, in order."""
    lower = EXPRESSIONS
    return tuple([lower[n.__class__](walk, n) for n in nodes])


def optional(walk: Walk, node: ast.expr | None) -> Expression | None:
    """An expression that may be absent."""
    return None if node is None else EXPRESSIONS[node.__class__](walk, node)


def annotation(walk: Walk, node: ast.expr, *, is_evaluated: bool = True) -> Expression:
    """An annotation. Those of names in functions are never evaluated."""
    around = walk.reads
    is_evaluated = is_evaluated and not walk.defers_annotations
    walk.reads = found = reading.inner(walk) if is_evaluated else reading.NOWHERE
    lowered = EXPRESSIONS[node.__class__](walk, node)
    walk.reads = around
    reading.note_annotation(walk, found)
    return lowered


def _name(walk: Walk, node: ast.Name) -> Expression:
    name = node.id
    if node.ctx.__class__ is _LOAD:
        walk.reads.setdefault(name, node)
        if name == "__all__":
            walk.exports_read += 1
    return Name(name, node.lineno, node.col_offset)


def _attribute(walk: Walk, node: ast.Attribute) -> Expression:
    value = node.value
    return Attribute(
        EXPRESSIONS[value.__class__](walk, value),
        node.attr,
        node.end_lineno or 0,
        node.end_col_offset or 0,
    )


def _call(walk: Walk, node: ast.Call) -> Expression:
    lower = EXPRESSIONS
    function = node.func
    call = Call(
        lower[function.__class__](walk, function),
        tuple([lower[n.__class__](walk, n) for n in node.args]) if node.args else (),
        keywords(walk, node.keywords) if node.keywords else (),
        node.end_lineno or 0,
        node.end_col_offset or 0,
    )
    note_call(walk, node)
    return call


def _literal(walk: Walk, node: ast.Constant) -> Expression:
    value = node.value
    if value.__class__ is str:
        return _text(walk, value, node)
    if value.__class__ is int and value > _LARGEST:
        return Opaque(node.lineno, node.col_offset)
    if value is None or isinstance(value, (bool, int, float)):
        return Literal(value, node.lineno, node.col_offset)
    return Opaque(node.lineno, node.col_offset)  # bytes, complex, `...`


def _text(walk: Walk, value: str, node: ast.Constant) -> Expression:
    if len(value) <= LONGEST_TEXT and value.isascii():
        if looks_like_sql(value):
            walk.sql.append(SqlText(value, walk.scope.path, node.lineno, node.col_offset))
        return Literal(value, node.lineno, node.col_offset)
    # Lone surrogates are legal in a literal and in no encoding.
    value = value.encode("utf-8", "replace").decode("utf-8")
    if looks_like_sql(value):
        walk.sql.append(SqlText(value, walk.scope.path, node.lineno, node.col_offset))
    cut = value[:LONGEST_TEXT]
    return Literal(cut, node.lineno, node.col_offset, len(cut) < len(value))


def _template(walk: Walk, node: ast.JoinedStr) -> Expression:
    return Template(expressions(walk, node.values), node.lineno, node.col_offset)


def _formatted(walk: Walk, node: ast.FormattedValue) -> Expression:
    return EXPRESSIONS[node.value.__class__](walk, node.value)


def _list(walk: Walk, node: ast.List) -> Expression:
    return Collection("list", expressions(walk, node.elts), node.lineno, node.col_offset)


def _tuple(walk: Walk, node: ast.Tuple) -> Expression:
    return Collection("tuple", expressions(walk, node.elts), node.lineno, node.col_offset)


def _set(walk: Walk, node: ast.Set) -> Expression:
    return Collection("set", expressions(walk, node.elts), node.lineno, node.col_offset)


def _dict(walk: Walk, node: ast.Dict) -> Expression:
    keys = tuple([optional(walk, key) for key in node.keys])
    return Mapping(keys, expressions(walk, node.values), node.lineno, node.col_offset)


def _subscript(walk: Walk, node: ast.Subscript) -> Expression:
    note_subscript(walk, node)
    lower = EXPRESSIONS
    return Subscript(
        lower[node.value.__class__](walk, node.value),
        lower[node.slice.__class__](walk, node.slice),
        node.end_lineno or 0,
        node.end_col_offset or 0,
    )


def _slice(walk: Walk, node: ast.Slice) -> Expression:
    return Slice(optional(walk, node.lower), optional(walk, node.upper), optional(walk, node.step))


def _starred(walk: Walk, node: ast.Starred) -> Expression:
    return Starred(EXPRESSIONS[node.value.__class__](walk, node.value))


def _binary(walk: Walk, node: ast.BinOp) -> Expression:
    kind = node.op.__class__
    operands = [node.right]
    left = node.left
    while kind in _CHAINED and isinstance(left, ast.BinOp) and left.op.__class__ is kind:
        operands.append(left.right)
        left = left.left
    operands.append(left)
    operands.reverse()
    return Operation(_OPERATORS[kind], expressions(walk, operands), node.lineno, node.col_offset)


def _boolean(walk: Walk, node: ast.BoolOp) -> Expression:
    reads, asked = walk.reads, walk.namespaces_read
    is_over = is_typing if isinstance(node.op, ast.And) else is_running
    operands = []
    for value in node.values:
        operands.append(EXPRESSIONS[value.__class__](walk, value))
        if (value.__class__ in _ASKING and is_over(value)) or walk.namespaces_read > asked:
            walk.reads = reading.NOWHERE  # `TYPE_CHECKING and isinstance(order, Order)`
    walk.reads = reads
    return Operation(operator(node.op), tuple(operands), node.lineno, node.col_offset)


def _unary(walk: Walk, node: ast.UnaryOp) -> Expression:
    operand = EXPRESSIONS[node.operand.__class__](walk, node.operand)
    if isinstance(node.op, ast.USub) and isinstance(operand, Literal):
        value = operand.value
        if isinstance(value, float) or (isinstance(value, int) and value <= _LARGEST):
            return Literal(-value, node.lineno, node.col_offset)
    return Operation(operator(node.op), (operand,), node.lineno, node.col_offset)


def _comparison(walk: Walk, node: ast.Compare) -> Expression:
    return Comparison(
        EXPRESSIONS[node.left.__class__](walk, node.left),
        tuple([operator(op) for op in node.ops]),
        expressions(walk, node.comparators),
        node.lineno,
        node.col_offset,
    )


def _conditional(walk: Walk, node: ast.IfExp) -> Expression:
    lower = EXPRESSIONS
    reads, asked = walk.reads, walk.namespaces_read
    test = lower[node.test.__class__](walk, node.test)
    if walk.namespaces_read > asked:
        walk.reads = reading.NOWHERE  # `order if "order" in locals() else None`
    body, orelse = (
        lower[node.body.__class__](walk, node.body),
        lower[node.orelse.__class__](walk, node.orelse),
    )
    walk.reads = reads
    return Conditional(test, body, orelse)


def _comprehension(kind: str) -> Callable[[Walk, Any], Expression]:
    def lower(walk: Walk, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Expression:
        within = reading.Within(walk)
        element = EXPRESSIONS[node.elt.__class__](walk, node.elt)
        generators = _generators(walk, node.generators, within)
        within.end(reading.bound_by(node.generators), is_run=kind != "generator")
        return Comprehension(kind, element, generators, node.lineno, node.col_offset)

    return lower


def _dict_comprehension(walk: Walk, node: ast.DictComp) -> Expression:
    within = reading.Within(walk)
    # A dict comprehension's `key` is absent for `{**value for …}` of newer Pythons.
    pair = expressions(walk, [part for part in (node.key, node.value) if part is not None])
    element = Collection("tuple", pair, node.lineno, node.col_offset)
    generators = _generators(walk, node.generators, within)
    within.end(reading.bound_by(node.generators), is_run=True)
    return Comprehension("dict", element, generators, node.lineno, node.col_offset)


def _generators(walk: Walk, nodes: list[ast.comprehension], within: reading.Within) -> tuple[Generator, ...]:
    lower = EXPRESSIONS
    first = nodes[0].iter
    walk.reads = within.around  # which is evaluated outside
    outermost = lower[first.__class__](walk, first)
    walk.reads = within.found
    return tuple(
        [
            Generator(
                lower[g.target.__class__](walk, g.target),
                outermost if g.iter is first else lower[g.iter.__class__](walk, g.iter),
                expressions(walk, g.ifs),
                bool(g.is_async),
            )
            for g in nodes
        ]
    )


def _lambda(walk: Walk, node: ast.Lambda) -> Expression:
    a = node.args
    every = [*a.posonlyargs, *a.args, *([a.vararg] if a.vararg else []), *a.kwonlyargs]
    every += [a.kwarg] if a.kwarg else []
    names = tuple([p.arg for p in every])
    within = reading.Within(walk)
    body = EXPRESSIONS[node.body.__class__](walk, node.body)
    within.end(names, is_run=False)
    return Lambda(names, body, node.lineno, node.col_offset)


def _await(walk: Walk, node: ast.Await) -> Expression:
    return Await(EXPRESSIONS[node.value.__class__](walk, node.value), node.lineno, node.col_offset)


def _yield(walk: Walk, node: ast.Yield) -> Expression:
    walk.scope.is_generator = True
    return Yield(optional(walk, node.value), False, node.lineno, node.col_offset)


def _yield_from(walk: Walk, node: ast.YieldFrom) -> Expression:
    walk.scope.is_generator = True
    return Yield(EXPRESSIONS[node.value.__class__](walk, node.value), True, node.lineno, node.col_offset)


def _walrus(walk: Walk, node: ast.NamedExpr) -> Expression:
    value = EXPRESSIONS[node.value.__class__](walk, node.value)
    walk.bind(node.target.id, Kind.VALUE, node.lineno, node.col_offset)
    return Walrus(node.target.id, value, node.lineno, node.col_offset)


class _Lowerings(dict[type[ast.AST], Callable[[Walk, Any], Expression]]):
    """Syntax of a Python newer than this table is opaque until somebody adds it."""

    def __missing__(self, kind: type[ast.AST]) -> Callable[[Walk, Any], Expression]:
        return _opaque


def _opaque(walk: Walk, node: ast.expr) -> Expression:
    return Opaque(node.lineno, node.col_offset)


EXPRESSIONS = _Lowerings(
    {
        ast.Name: _name,
        ast.Attribute: _attribute,
        ast.Call: _call,
        ast.Constant: _literal,
        ast.JoinedStr: _template,
        ast.FormattedValue: _formatted,
        ast.List: _list,
        ast.Tuple: _tuple,
        ast.Set: _set,
        ast.Dict: _dict,
        ast.Subscript: _subscript,
        ast.Slice: _slice,
        ast.Starred: _starred,
        ast.BinOp: _binary,
        ast.BoolOp: _boolean,
        ast.UnaryOp: _unary,
        ast.Compare: _comparison,
        ast.IfExp: _conditional,
        ast.ListComp: _comprehension("list"),
        ast.SetComp: _comprehension("set"),
        ast.GeneratorExp: _comprehension("generator"),
        ast.DictComp: _dict_comprehension,
        ast.Lambda: _lambda,
        ast.Await: _await,
        ast.Yield: _yield,
        ast.YieldFrom: _yield_from,
        ast.NamedExpr: _walrus,
    }
)
