"""Arguments of calls and of classes: positional ones in their order, keywords in any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from libcst import Arg, Call, CSTNode, Name

from archlint.concrete.anatomy import parts
from archlint.concrete.patterns.matching import Captures, Matcher, gap_of
from archlint.concrete.patterns.placeholders import ANONYMOUS, WITHIN


def match_call(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A call of the same thing with these arguments."""
    if not isinstance(pattern, Call):
        return
    if isinstance(pattern.func, Name) and pattern.func.value == WITHIN:
        yield from _within(matcher, pattern.args[0].value, node, known)
        return
    if not isinstance(node, Call):
        return
    if not _may_fit(pattern.args, node.args):
        return
    for captures in matcher.match(pattern.func, node.func, known):
        yield from match_arguments(matcher, pattern.args, node.args, captures)


def match_arguments(
    matcher: Matcher, patterns: Sequence[Arg], given: Sequence[Arg], known: Captures
) -> Iterator[Captures]:
    """Arguments against those of a pattern. A gap takes further ones, of either kind."""
    gaps = [name for each in patterns if (name := gap_of(each)) is not None]
    named = [each for each in patterns if _is_named(each)]
    for captures, rest in _keywords(matcher, named, [each for each in given if _is_named(each)], known):
        if rest and not gaps:
            continue
        row = [each for each in patterns if not _is_named(each)]
        positional = [each for each in given if not _is_named(each)]
        if rest and ANONYMOUS not in gaps:
            positional += rest  # the last `$...ARGS` stands for them, too
        yield from matcher.row(row, positional, captures)


def match_argument(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """One argument: its stars, its keyword, its value."""
    if not isinstance(pattern, Arg) or not isinstance(node, Arg) or pattern.star != node.star:
        return
    if (pattern.keyword is None) != (node.keyword is None):
        return
    names = ("keyword", "value") if pattern.keyword else ("value",)
    yield from matcher.fields(pattern, node, names, known)


def _within(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """An expression that stands in another one, or is it."""
    yield from matcher.match(pattern, node, known)
    for each in parts(node):
        yield from _within(matcher, pattern, each, known)


def _keywords(
    matcher: Matcher, patterns: Sequence[Arg], given: Sequence[Arg], known: Captures
) -> Iterator[tuple[Captures, list[Arg]]]:
    """Every way to find all keywords of a pattern among those given, with those that are left."""
    if not patterns:
        yield known, list(given)
        return
    for at, each in enumerate(given):
        for captures in matcher.match(patterns[0], each, known):
            yield from _keywords(matcher, patterns[1:], [*given[:at], *given[at + 1 :]], captures)


def _is_named(argument: Arg) -> bool:
    return argument.keyword is not None or (argument.star == "**" and gap_of(argument) is None)


def _may_fit(patterns: Sequence[Arg], given: Sequence[Arg]) -> bool:
    """A first look, which most calls do not pass."""
    needed = [each for each in patterns if gap_of(each) is None]
    if len(needed) == len(patterns):
        return len(given) == len(needed)
    return len(given) >= len(needed)
