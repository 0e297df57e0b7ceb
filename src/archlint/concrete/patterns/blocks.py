"""Runs of statements: one after the other, with gaps that reach into the blocks between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from libcst import (
    BaseExpression,
    BaseSuite,
    CSTNode,
    Ellipsis,
    Else,
    ExceptHandler,
    ExceptStarHandler,
    Expr,
    Finally,
    Match,
    MatchCase,
    Module,
    Name,
    SimpleStatementLine,
)

from archlint.concrete.anatomy import parts
from archlint.concrete.patterns.matching import Captures, Matcher, gap_of
from archlint.concrete.patterns.placeholders import ANONYMOUS, one_of

Block: TypeAlias = Sequence[CSTNode]
Ends: TypeAlias = Iterator[tuple[Captures, int]]
"""Every way a run may match, with how many statements of the block it takes."""

_CLAUSES = (Else, Finally, ExceptHandler, ExceptStarHandler, MatchCase)


def match_suite(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """The whole of a block; after a gap, what follows the last statement of the pattern may be anything."""
    patterns, block = statements(pattern), statements(node)
    has_gap = any(statement_gap(each) is not None for each in patterns)
    for captures, end in match_run(matcher, patterns, block, 0, known):
        if has_gap or end == len(block):
            yield captures


def match_run(matcher: Matcher, patterns: Block, block: Block, at: int, known: Captures) -> Ends:
    """Statements of a block from one on; the run may end before the block does."""
    if not patterns:
        yield known, at
        return
    name = statement_gap(patterns[0])
    if name is not None:
        yield from _match_after_gap(matcher, name, patterns[1:], block, at, known)
    elif at < len(block):
        for captures in match_statement(matcher, patterns[0], block[at], known):
            yield from match_run(matcher, patterns[1:], block, at + 1, captures)


def match_statement(
    matcher: Matcher, pattern: CSTNode, statement: CSTNode, known: Captures
) -> Iterator[Captures]:
    """One statement. An expression as a pattern is found anywhere in it, the blocks within apart."""
    if not isinstance(pattern, Expr):
        yield from matcher.match(pattern, statement, known)
        return
    name = one_of(pattern.value.value) if isinstance(pattern.value, Name) else None
    if name:
        yield from matcher.bind(name, (statement,), known)
        return
    for each in _expressions(statement):
        yield from matcher.match(pattern.value, each, known)


def statements(node: CSTNode) -> Block:
    """The statements of a block, those that share a line too."""
    found: list[CSTNode] = []
    for each in getattr(node, "body", ()):
        found += each.body if isinstance(each, SimpleStatementLine) else (each,)
    return found


def is_block(node: CSTNode) -> bool:
    """Whether a node has statements in it, one after the other."""
    return isinstance(node, (BaseSuite, Module))


def statement_gap(pattern: CSTNode) -> str | None:
    """The metavariable of `...` or `$...NAME` as a statement; None for any other."""
    if not isinstance(pattern, Expr):
        return None
    return ANONYMOUS if isinstance(pattern.value, Ellipsis) else gap_of(pattern.value)


def _match_after_gap(
    matcher: Matcher, name: str, patterns: Block, block: Block, at: int, known: Captures
) -> Ends:
    for end in range(at, len(block) + 1):
        for captures in matcher.bind(name, tuple(block[at:end]), known):
            yield from match_run(matcher, patterns, block, end, captures)
        if name != ANONYMOUS or not patterns or end == len(block):
            continue
        for inner in _blocks_in(block[end]):
            for captures, _ in _match_after_gap(matcher, name, patterns, inner, 0, known):
                yield captures, end + 1


def _blocks_in(statement: CSTNode) -> Iterator[Block]:
    """The blocks of a compound statement, in the order of the source."""
    for each in parts(statement):
        if is_block(each):
            yield statements(each)
        elif isinstance(each, (*_CLAUSES, type(statement))) or isinstance(statement, Match):
            yield from _blocks_in(each)  # `elif` is an `If` in an `If`


def _expressions(node: CSTNode) -> Iterator[CSTNode]:
    for each in parts(node):
        if is_block(each):
            continue
        if isinstance(each, BaseExpression):
            yield each
        yield from _expressions(each)
