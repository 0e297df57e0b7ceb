"""Compound statements and those whose parts a pattern need not name all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from libcst import (
    AnnAssign,
    Assign,
    ClassDef,
    CSTNode,
    Ellipsis,
    ExceptHandler,
    ExceptStarHandler,
    For,
    FunctionDef,
    If,
    Import,
    ImportFrom,
    ImportStar,
    Return,
    Try,
    While,
    With,
    WithItem,
)

from archlint.concrete.patterns.arguments import match_arguments
from archlint.concrete.patterns.matching import Captures, Matcher, gap_of
from archlint.concrete.patterns.parameters import match_parameters


def match_function(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A function with at least these decorators; `def` is `async def` too, and a result need not be told."""
    if not isinstance(pattern, FunctionDef) or not isinstance(node, FunctionDef):
        return
    if pattern.asynchronous and not node.asynchronous:
        return
    names = ("name", "returns") if pattern.returns else ("name",)
    for captures in matcher.fields(pattern, node, names, known):
        for decorated in among(matcher, pattern.decorators, node.decorators, captures):
            for called in match_parameters(matcher, pattern.params, node.params, decorated):
                yield from matcher.match(pattern.body, node.body, called)


def match_class(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A class with at least these decorators; without parentheses in the pattern, of any bases."""
    if not isinstance(pattern, ClassDef) or not isinstance(node, ClassDef):
        return
    wanted = (*pattern.bases, *pattern.keywords)
    for named in matcher.match(pattern.name, node.name, known):
        for captures in among(matcher, pattern.decorators, node.decorators, named):
            given = (*node.bases, *node.keywords)
            for based in match_arguments(matcher, wanted, given, captures) if wanted else (captures,):
                yield from matcher.match(pattern.body, node.body, based)


def match_compound(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """`if`, `for`, `while`: what follows as `else` counts where the pattern has one."""
    if type(pattern) is not type(node) or not isinstance(pattern, (If, For, While)):
        return
    heads = {If: ("test",), For: ("target", "iter"), While: ("test",)}[type(pattern)]
    ends = ("orelse",) if pattern.orelse else ()
    yield from matcher.fields(pattern, node, (*heads, "body", *ends), known)


def match_with(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A `with` of these managers, and maybe others beside."""
    if isinstance(pattern, With) and isinstance(node, With):
        for captures in among(matcher, pattern.items, node.items, known):
            yield from matcher.match(pattern.body, node.body, captures)


def match_item(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A manager; its name counts where the pattern has one."""
    if isinstance(pattern, WithItem) and isinstance(node, WithItem):
        yield from matcher.fields(pattern, node, ("item", "asname") if pattern.asname else ("item",), known)


def match_try(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A `try` with at least these handlers."""
    if not isinstance(pattern, Try) or not isinstance(node, Try):
        return
    ends = tuple(name for name in ("orelse", "finalbody") if getattr(pattern, name))
    for captures in matcher.match(pattern.body, node.body, known):
        for handled in among(matcher, pattern.handlers, node.handlers, captures):
            yield from matcher.fields(pattern, node, ends, handled)


def match_handler(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A handler; `except ...` of anything or of all, and its name counts where the pattern has one."""
    if not isinstance(pattern, (ExceptHandler, ExceptStarHandler)) or type(pattern) is not type(node):
        return
    types = () if isinstance(pattern.type, Ellipsis) else ("type",)
    names = ("name",) if pattern.name else ()
    yield from matcher.fields(pattern, node, (*types, *names, "body"), known)


def match_assignment(
    matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures
) -> Iterator[Captures]:
    """`target = value`: of `a = b = value` either target, and of `a: int = value` too."""
    if not isinstance(pattern, Assign):
        return
    if isinstance(node, AnnAssign) and node.value is not None and len(pattern.targets) == 1:
        for captures in matcher.match(pattern.targets[0].target, node.target, known):
            yield from matcher.match(pattern.value, node.value, captures)
    elif isinstance(node, Assign):
        for captures in among(matcher, pattern.targets, node.targets, known):
            yield from matcher.match(pattern.value, node.value, captures)


def match_annotated(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """`target: annotation`; a value counts where the pattern has one."""
    if isinstance(pattern, AnnAssign) and isinstance(node, AnnAssign):
        ends = ("value",) if pattern.value else ()
        yield from matcher.fields(pattern, node, ("target", "annotation", *ends), known)


def match_return(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """`return value`; `return ...` with any value or none."""
    if not isinstance(pattern, Return) or not isinstance(node, Return):
        return
    if isinstance(pattern.value, Ellipsis):
        yield known
    else:
        yield from matcher.fields(pattern, node, ("value",), known)


def match_import(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """An import of at least these names, whatever else it takes."""
    if isinstance(pattern, Import) and isinstance(node, Import):
        yield from among(matcher, pattern.names, node.names, known)
    elif isinstance(pattern, ImportFrom) and isinstance(node, ImportFrom):
        if len(pattern.relative) != len(node.relative):
            return
        for captures in matcher.fields(pattern, node, ("module",), known):
            yield from _names(matcher, pattern, node, captures)


def match_alias(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """An imported name; under which other name counts where the pattern says so."""
    if type(pattern) is type(node):
        has_alias = getattr(pattern, "asname", None) is not None
        yield from matcher.fields(pattern, node, ("name", "asname") if has_alias else ("name",), known)


def among(
    matcher: Matcher, patterns: Sequence[CSTNode], nodes: Sequence[CSTNode], known: Captures
) -> Iterator[Captures]:
    """Each of some patterns in another one of some nodes, in whatever order; a gap needs none."""
    if not patterns:
        yield known
        return
    if gap_of(patterns[0]) is not None:
        yield from among(matcher, patterns[1:], nodes, known)
        return
    for at, each in enumerate(nodes):
        for captures in matcher.match(patterns[0], each, known):
            yield from among(matcher, patterns[1:], [*nodes[:at], *nodes[at + 1 :]], captures)


def _names(matcher: Matcher, pattern: ImportFrom, node: ImportFrom, known: Captures) -> Iterator[Captures]:
    if isinstance(pattern.names, ImportStar) or isinstance(node.names, ImportStar):
        if type(pattern.names) is type(node.names):
            yield known
        return
    yield from among(matcher, pattern.names, node.names, known)
