"""What the rest of the project can see of a file, as a digest: all but what its functions do.

Two files of one interface have the same imports, names, classes and signatures, in the same order. Their
lines may differ, and the insides of their functions. Where in doubt, the digest changes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from hashlib import blake2b

import msgspec

from archlint.facts.module import ModuleFacts
from archlint.facts.walk.state import Walk

_INSIDE, _KEPT, _WHOLE = 0, 1, 2
"""Marks of a line: inside a function or between statements; counts unless it is a comment; counts."""

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


def interface(tree: ast.Module, data: bytes, walk: Walk, facts: ModuleFacts) -> bytes:
    """16 bytes that change with every change that another file could notice."""
    lines = data.splitlines()
    marks = bytearray(len(lines) + 2)
    _mark(tree.body, marks)
    cookies = [line for line in lines[:2] if line.startswith(b"#") and b"coding" in line]
    kept = [line for line, mark in zip(lines, marks[1:], strict=False) if mark and _counts(line, mark)]
    digest = blake2b(b"\n".join((*cookies, *kept)), digest_size=16)
    digest.update(walk.encode(_said_inside(walk, facts)))
    return digest.digest()


def _mark(body: Iterable[ast.AST], marks: bytearray) -> None:
    """Mark the lines of some statements and of all that is in them, the outer ones first."""
    pending = [(node, False) for node in body]
    while pending:
        node, is_inside = pending.pop()
        kind = node.__class__
        if isinstance(node, _FUNCTIONS):
            signature = [*_arguments(node.args), *node.decorator_list, *filter(None, (node.returns,))]
            _mark_definition(node, signature, marks, _INSIDE)
            pending += [(each, True) for each in node.body]
        elif isinstance(node, ast.ClassDef):
            _mark_definition(node, [*node.bases, *node.keywords, *node.decorator_list], marks, _KEPT)
            pending += [(each, False) for each in node.body]
        else:
            if not is_inside and isinstance(node, ast.stmt):
                _paint(marks, node.lineno, node.end_lineno or node.lineno, _WHOLE)
            for block in _BLOCKS.get(kind, ()):
                pending += [(each, is_inside) for each in getattr(node, block)]


def _mark_definition(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    head: Iterable[ast.expr | ast.arg | ast.keyword],
    marks: bytearray,
    body: int,
) -> None:
    start = min((each.lineno for each in node.decorator_list), default=node.lineno)
    end = max((each.end_lineno or each.lineno for each in head), default=node.lineno)
    end = max(end, node.lineno)
    _paint(marks, start, end, _WHOLE)
    _paint(marks, end + 1, node.body[0].lineno - 1, _KEPT)
    _paint(marks, max(end + 1, node.body[0].lineno), node.end_lineno or end, body)


def _arguments(node: ast.arguments) -> Iterable[ast.expr | ast.arg]:
    yield from node.defaults
    yield from (*node.posonlyargs, *node.args, *node.kwonlyargs)
    yield from (each for each in (node.vararg, node.kwarg) if each is not None)
    yield from (each for each in node.kw_defaults if each is not None)


def _paint(marks: bytearray, first: int, last: int, mark: int) -> None:
    if first <= last:
        marks[first : last + 1] = bytes((mark,)) * (last + 1 - first)


def _counts(line: bytes, mark: int) -> bool:
    return mark == _WHOLE or line.strip()[:1] not in (b"", b"#")


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
