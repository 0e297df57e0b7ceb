"""A file as digests, from the least that others can see of it to all of its code.

The interface is everything but what functions do: two files of one interface have the same imports, names,
classes and signatures, in the same order. The substance is all of the code. Neither knows of lines, nor of
comments; the places do know the lines. Where in doubt, a digest changes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

import msgspec

from archlint.facts.digests import Digests
from archlint.facts.module import ModuleFacts
from archlint.facts.walk.state import Walk
from archlint.source import content_digest

_SHOWN, _WHOLE = 1, 2
"""Marks of a line: part of the interface; code whatever it looks like, as a `#` in a string."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BLOCKS: dict[type[ast.AST], tuple[str, ...]] = {
    ast.If: ("body", "orelse"),
    ast.For: ("body", "orelse"),
    ast.AsyncFor: ("body", "orelse"),
    ast.While: ("body", "orelse"),
    ast.With: ("body",),
    ast.AsyncWith: ("body",),
    ast.Try: ("body", "handlers", "orelse", "finalbody"),
    ast.ExceptHandler: ("body",),
    ast.Match: ("cases",),
    ast.match_case: ("body",),
}
if hasattr(ast, "TryStar"):
    _BLOCKS[ast.TryStar] = _BLOCKS[ast.Try]


def digests(tree: ast.Module, data: bytes, walk: Walk, facts: ModuleFacts) -> Digests:
    """The digests of a file that parses."""
    lines = data.splitlines()
    marks = bytearray(len(lines) + 2)
    _mark(tree.body, marks)
    cookies = b"\n".join(line for line in lines[:2] if line.startswith(b"#") and b"coding" in line)
    code = [(n, line) for n, line in enumerate(lines, 1) if marks[n] & _WHOLE or _is_code(line)]
    shown = [line for n, line in code if marks[n] & _SHOWN]
    said = walk.encode(_said_inside(walk, facts))
    return Digests(
        content_digest(b"\n".join((cookies, *shown, said))),
        content_digest(b"\n".join((cookies, *(line for _, line in code)))),
        content_digest(b"%a" % [n for n, _ in code]),
    )


def _mark(body: Iterable[ast.AST], marks: bytearray) -> None:
    """Mark the lines of some statements and of all that is in them, the outer ones first."""
    pending = [(node, _SHOWN) for node in body]
    while pending:
        node, shown = pending.pop()
        if isinstance(node, _FUNCTIONS):
            signature = [*_arguments(node.args), *node.decorator_list, *filter(None, (node.returns,))]
            _mark_definition(node, signature, marks, 0)
            pending += [(each, 0) for each in node.body]
        elif isinstance(node, ast.ClassDef):
            _mark_definition(node, [*node.bases, *node.keywords, *node.decorator_list], marks, _SHOWN)
            pending += [(each, _SHOWN) for each in node.body]
        else:
            if isinstance(node, ast.stmt) and (shown or node.end_lineno != node.lineno):
                _paint(marks, node.lineno, node.end_lineno or node.lineno, shown | _WHOLE)
            for block in _BLOCKS.get(node.__class__, ()):
                pending += [(each, shown) for each in getattr(node, block)]


def _mark_definition(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    head: Iterable[ast.expr | ast.arg | ast.keyword],
    marks: bytearray,
    body: int,
) -> None:
    start = min((each.lineno for each in node.decorator_list), default=node.lineno)
    end = max((each.end_lineno or each.lineno for each in head), default=node.lineno)
    end = max(end, node.lineno)
    _paint(marks, start, end, _SHOWN | _WHOLE)
    _paint(marks, end + 1, node.body[0].lineno - 1, _SHOWN)
    _paint(marks, max(end + 1, node.body[0].lineno), node.end_lineno or end, body)


def _arguments(node: ast.arguments) -> Iterable[ast.expr | ast.arg]:
    yield from node.defaults
    yield from (*node.posonlyargs, *node.args, *node.kwonlyargs)
    yield from (each for each in (node.vararg, node.kwarg) if each is not None)
    yield from (each for each in node.kw_defaults if each is not None)


def _paint(marks: bytearray, first: int, last: int, mark: int) -> None:
    if first <= last:
        marks[first : last + 1] = bytes((mark,)) * (last + 1 - first)


def _is_code(line: bytes) -> bool:
    return line.strip()[:1] not in (b"", b"#")


def _said_inside(walk: Walk, facts: ModuleFacts) -> object:
    """What functions say of the module around them, without the lines, but in their order."""
    late = [fact for fact in facts.imports if fact.deferred]
    places = [((fact.line, fact.column), f"import {fact.target}") for fact in late]
    places += [((binding.line, binding.column), binding.name) for binding in facts.bindings]
    return (
        [msgspec.structs.astuple(fact)[:-4] for fact in late],
        [(binding.name, binding.kind, binding.index, binding.typing) for binding in facts.bindings],
        [name for _, name in sorted(places)],
        [(each.qualname, each.owner, each.is_generator) for each in walk.functions if each],
        [(each.qualname, each.attributes) for each in walk.classes if each],
        [(each.text, each.scope) for each in facts.sql],
        (facts.exports, facts.exports_open, facts.dynamic_names, facts.dynamic_path),
    )
