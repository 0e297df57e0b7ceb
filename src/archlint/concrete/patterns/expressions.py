"""What of expressions needs more than a look at both sides: gaps in rows, dicts and chains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from libcst import (
    Attribute,
    BaseExpression,
    Call,
    CSTNode,
    Dict,
    DictElement,
    Element,
    Ellipsis,
    Index,
    Lambda,
    List,
    Set,
    Subscript,
    Tuple,
)

from archlint.concrete.patterns.matching import Captures, Matcher, gap_of
from archlint.concrete.patterns.parameters import match_parameters
from archlint.concrete.patterns.placeholders import GAP


def match_attribute(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """`value.attr`; `value. ... .attr` is an attribute of whatever comes of the value."""
    if not isinstance(pattern, Attribute):
        return
    if pattern.attr.value == GAP and isinstance(node, BaseExpression):
        for each in (node, *_links(node)):
            yield from matcher.match(pattern.value, each, known)
    elif isinstance(node, Attribute):
        for captures in matcher.match(pattern.attr, node.attr, known):
            yield from matcher.match(pattern.value, node.value, captures)


def match_row(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A list, tuple or set of these elements."""
    rows = (List, Tuple, Set)
    if isinstance(pattern, rows) and isinstance(node, rows) and type(pattern) is type(node):
        yield from matcher.row(pattern.elements, node.elements, known)


def match_element(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """One element, which a star makes another."""
    if isinstance(pattern, Element) and isinstance(node, Element):
        yield from matcher.match(pattern.value, node.value, known)


def match_dict(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A dict with these entries, in any order; with a gap, and any others."""
    if not isinstance(pattern, Dict) or not isinstance(node, Dict):
        return
    wanted = [each for each in pattern.elements if gap_of(each) is None or isinstance(each, DictElement)]
    has_gap = len(wanted) < len(pattern.elements)
    if len(node.elements) == len(wanted) or (has_gap and len(node.elements) > len(wanted)):
        yield from _entries(matcher, wanted, node.elements, known)


def match_subscript(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """`value[index]`; `value[...]` with any index."""
    if not isinstance(pattern, Subscript) or not isinstance(node, Subscript):
        return
    index = pattern.slice[0].slice if len(pattern.slice) == 1 else None
    is_any = isinstance(index, Index) and isinstance(index.value, Ellipsis)
    yield from matcher.fields(pattern, node, ("value",) if is_any else ("value", "slice"), known)


def match_lambda(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A lambda of these parameters."""
    if isinstance(pattern, Lambda) and isinstance(node, Lambda):
        for captures in match_parameters(matcher, pattern.params, node.params, known):
            yield from matcher.match(pattern.body, node.body, captures)


def _links(node: CSTNode) -> Iterator[CSTNode]:
    """What a chain of attributes, calls and subscripts is made from, the longest first."""
    while isinstance(node, (Attribute, Call, Subscript)):
        node = node.func if isinstance(node, Call) else node.value
        yield node


def _entries(
    matcher: Matcher, patterns: Sequence[CSTNode], given: Sequence[CSTNode], known: Captures
) -> Iterator[Captures]:
    if not patterns:
        yield known
        return
    for at, each in enumerate(given):
        for captures in matcher.match(patterns[0], each, known):
            yield from _entries(matcher, patterns[1:], [*given[:at], *given[at + 1 :]], captures)
