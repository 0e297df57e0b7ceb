"""A pattern as libcst reads it: what kinds of nodes to look at, and what to compare them with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import libcst as cst
import msgspec
from libcst import CSTNode

from archlint.concrete.patterns.blocks import is_block, match_run, match_statement, statement_gap, statements
from archlint.concrete.patterns.matching import Captures, Matcher, Resolver, chain
from archlint.concrete.patterns.names import Names
from archlint.concrete.patterns.reading import Reading, read
from archlint.concrete.patterns.specials import SPECIALS
from archlint.concrete.tree import Tree

_STRINGS: Final = (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString)


class Sighting(msgspec.Struct, frozen=True):
    """A place that a pattern matches."""

    first: CSTNode
    last: CSTNode
    captures: Captures


class Compiled(msgspec.Struct, frozen=True):
    """A pattern to look for in trees."""

    reading: Reading
    body: tuple[CSTNode, ...]
    """One node, or statements that follow one another."""

    kinds: tuple[type[CSTNode], ...]
    """Of the nodes where a match may be; none for a run of statements, which any block may hold."""

    def find(self, tree: Tree, names: Names, resolver: Resolver) -> Iterator[Iterator[Sighting]]:
        """Every place in a tree, each as all ways in which it matches."""
        matcher = Matcher(SPECIALS, names, resolver)
        if not self.kinds:
            yield from self._runs(tree, matcher)
            return
        for node in tree.nodes(*self._kinds(names)):
            if not _is_piece(tree, node):
                ways = matcher.match(self.body[0], node, {})
                yield (Sighting(node, node, captures) for captures in ways)

    def _runs(self, tree: Tree, matcher: Matcher) -> Iterator[Iterator[Sighting]]:
        for block in filter(is_block, tree.nodes(*tree.kinds)):
            held = statements(block)
            for at, first in enumerate(held):
                runs = match_run(matcher, self.body, held, at, {})
                yield (Sighting(first, held[end - 1], captures) for captures, end in runs if end > at)

    def at(self, node: CSTNode, known: Captures, matcher: Matcher) -> Iterator[Captures]:
        """What more the metavariables stand for where the pattern matches a node itself."""
        if self.kinds:
            yield from matcher.match(self.body[0], node, known)
        elif len(self.body) == 1:
            yield from match_statement(matcher, self.body[0], node, known)

    def around(self, tree: Tree, place: Sighting, known: Captures, matcher: Matcher) -> Iterator[Captures]:
        """The same where the pattern matches what a place lies in, or the place itself."""
        inner: CSTNode = place.first
        for outer in (place.first, *tree.around(place.first)):
            if self.kinds:
                yield from self.at(outer, known, matcher)
            elif is_block(outer):
                yield from self._covering(statements(outer), inner, known, matcher)
            if not isinstance(outer, cst.SimpleStatementLine):
                inner = outer

    def _covering(
        self, block: Sequence[CSTNode], inner: CSTNode, known: Captures, matcher: Matcher
    ) -> Iterator[Captures]:
        """Runs of a block's statements that reach over one of them."""
        place = next((at for at, each in enumerate(block) if each is inner), None)
        if place is None:
            return
        for at in range(place + 1):
            for captures, end in match_run(matcher, self.body, block, at, known):
                if end > place:
                    yield captures
                    break

    def _kinds(self, names: Names) -> tuple[type[CSTNode], ...]:
        if names.targets(chain(self.body[0])) or (names.dotted and self.kinds == (cst.Attribute,)):
            return (cst.Name, cst.Attribute)
        return self.kinds


def _is_piece(tree: Tree, node: CSTNode) -> bool:
    """Whether a string is but one of those that stand side by side."""
    return isinstance(node, _STRINGS) and isinstance(next(tree.around(node), None), cst.ConcatenatedString)


@lru_cache(maxsize=1024)
def compiled(text: str) -> Compiled:
    """The pattern of a text. Raises PatternError as `read` does."""
    reading = read(text)
    if reading.is_decorator:
        (function,) = cst.parse_module(f"{reading.code}\ndef f(): ...").body
        assert isinstance(function, cst.FunctionDef)
        return Compiled(reading, (function.decorators[0],), (cst.Decorator,))
    body = tuple(statements(cst.parse_module(reading.code)))
    if len(body) == 1 and isinstance(body[0], cst.Expr):
        body = (body[0].value,)
    if len(body) != 1 or statement_gap(body[0]) is not None:
        return Compiled(reading, body, ())
    kind = type(body[0])
    if isinstance(body[0], (cst.SimpleString, cst.ConcatenatedString)):
        return Compiled(reading, body, _STRINGS)
    if kind is cst.FormattedString:
        return Compiled(reading, body, (cst.FormattedString, cst.ConcatenatedString))
    return Compiled(reading, body, (cst.Assign, cst.AnnAssign) if kind is cst.Assign else (kind,))
