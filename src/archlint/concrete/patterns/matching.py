"""Whether a node is what a pattern says, and what its metavariables then stand for.

Not with the matchers of `libcst.matchers`: they know neither keywords in any order, nor a metavariable that
stands for the same code twice, nor a gap that is tried again. What they would be asked is asked here, of
the same nodes, while the pattern's tree and the code's are walked side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

import msgspec
from libcst import Attribute, BaseExpression, CSTNode, Ellipsis, Name

from archlint.concrete.anatomy import meaningful
from archlint.concrete.patterns.names import Names
from archlint.concrete.patterns.placeholders import ANONYMOUS, has_placeholder, many_of, one_of

Capture: TypeAlias = tuple[CSTNode, ...]
"""The nodes that a metavariable stands for; one, unless it is of a sequence."""

Captures: TypeAlias = Mapping[str, Capture]
Special: TypeAlias = Callable[["Matcher", CSTNode, CSTNode, Captures], Iterator[Captures]]


class Resolver(Protocol):
    """Knows what names in the code stand for."""

    def stands_for(self, node: CSTNode, targets: Sequence[str]) -> bool:
        """Whether a name or chain of names is one of some things, by their dotted names."""
        ...

    def is_instance(self, node: CSTNode, classes: Sequence[str]) -> bool:
        """Whether an expression is an object of one of some classes, or of one below."""
        ...


class Matcher(msgspec.Struct, frozen=True):
    """Walks a pattern and code side by side. Every way they may agree is one answer."""

    specials: Mapping[type[CSTNode], Special]
    names: Names
    resolver: Resolver | None = None

    def match(self, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
        """What the metavariables may stand for, beside what they are known to."""
        if isinstance(pattern, Name) and (name := one_of(pattern.value)):
            yield from self.bind(name, (node,), known)
            return
        if isinstance(pattern, Ellipsis):
            if isinstance(node, BaseExpression):
                yield known
            return
        targets = self.names.targets(chain(pattern))
        if targets:
            if self._stands_for(node, targets):
                yield known
            return
        if self.names.dotted and isinstance(pattern, Attribute):
            yield from self._one_of_package(pattern, node, known)
        special = self.specials.get(type(pattern))
        if special is not None:
            yield from special(self, pattern, node, known)
        elif type(pattern) is type(node):
            yield from self.fields(pattern, node, meaningful(type(pattern)), known)

    def fields(
        self, pattern: CSTNode, node: CSTNode, names: Sequence[str], known: Captures
    ) -> Iterator[Captures]:
        """The same of some fields of two nodes, one after the other."""
        if not names:
            yield known
            return
        first, rest = getattr(pattern, names[0], None), names[1:]
        for captures in self._values(first, getattr(node, names[0], None), known):
            yield from self.fields(pattern, node, rest, captures)

    def _values(self, pattern: object, value: object, known: Captures) -> Iterator[Captures]:
        if isinstance(pattern, CSTNode):
            if isinstance(value, CSTNode):
                yield from self.match(pattern, value, known)
        elif isinstance(pattern, Sequence) and not isinstance(pattern, str):
            if isinstance(value, Sequence) and len(pattern) == len(value):
                yield from self.each(pattern, value, known)
        elif isinstance(pattern, str):
            if pattern == value:
                yield known
        elif not isinstance(value, (CSTNode, str)):
            yield known  # nothing on either side

    def each(
        self, patterns: Sequence[CSTNode], nodes: Sequence[CSTNode], known: Captures
    ) -> Iterator[Captures]:
        """The same of two sequences of one length."""
        if not patterns:
            yield known
            return
        for captures in self.match(patterns[0], nodes[0], known):
            yield from self.each(patterns[1:], nodes[1:], captures)

    def bind(self, name: str, nodes: Capture, known: Captures) -> Iterator[Captures]:
        """Let a metavariable stand for some nodes, if it stands for nothing else."""
        if name == ANONYMOUS:
            yield known
        elif name not in known:
            yield {**known, name: nodes}
        elif self._is_same(known[name], nodes):
            yield known

    def _stands_for(self, node: CSTNode, targets: Sequence[str]) -> bool:
        written = chain(node)
        if not written or self.resolver is None:
            return False
        is_literal = self.names.dotted and written in targets
        return is_literal or self.resolver.stands_for(node, targets)

    def _one_of_package(self, pattern: Attribute, node: CSTNode, known: Captures) -> Iterator[Captures]:
        """`django.http.$ANY`, where only the last name is left open, in `HttpResponse` by itself."""
        name, package = one_of(pattern.attr.value), chain(pattern.value)
        if not name or not isinstance(node, Name) or not package or has_placeholder(package):
            return
        if self._stands_for(node, (f"{package}.*",)):
            yield from self.bind(name, (node,), known)

    def _is_same(self, nodes: Capture, others: Capture) -> bool:
        plain = Matcher(self.specials, Names())
        return len(nodes) == len(others) and next(plain.each(nodes, others, {}), None) is not None

    def row(
        self, patterns: Sequence[CSTNode], nodes: Sequence[CSTNode], known: Captures
    ) -> Iterator[Captures]:
        """A row of nodes against one with gaps."""
        if not patterns:
            if not nodes:
                yield known
            return
        name = gap_of(patterns[0])
        if name is None:
            for captures in self.match(patterns[0], nodes[0], known) if nodes else ():
                yield from self.row(patterns[1:], nodes[1:], captures)
            return
        for end in range(len(nodes) + 1):
            for captures in self.bind(name, tuple(nodes[:end]), known):
                yield from self.row(patterns[1:], nodes[end:], captures)


def gap_of(node: CSTNode) -> str | None:
    """The metavariable of a gap, starred or not; `_` for a mere gap, None for anything else."""
    held: object = node
    if not isinstance(node, Name):
        held = getattr(node, "name", None) or getattr(node, "value", node)
    return many_of(held.value) if isinstance(held, Name) else None


def chain(node: CSTNode) -> str:
    """`a.b.c` as it is written; empty for what is no chain of names."""
    if isinstance(node, Name):
        return node.value
    if not isinstance(node, Attribute):
        return ""
    before = chain(node.value)
    return f"{before}.{node.attr.value}" if before else ""
