"""Strings and numbers, which are the same however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from libcst import (
    BaseString,
    ConcatenatedString,
    CSTNode,
    FormattedString,
    FormattedStringExpression,
    FormattedStringText,
    SimpleString,
)
from libcst import Float as FloatNode
from libcst import Imaginary as ImaginaryNode
from libcst import Integer as IntegerNode

from archlint.concrete.patterns.matching import Captures, Matcher
from archlint.concrete.patterns.regular import spells

_ANY: Final = "..."
_METAVARIABLE: Final = re.compile(r"\$([A-Z_][A-Z0-9_]*)")


def match_string(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A string of the same value; `"..."` is any, `"$TEXT"` any too, and `TEXT` stands for it."""
    if isinstance(pattern, ConcatenatedString) and _is_open(pattern):
        if isinstance(node, ConcatenatedString):
            yield from matcher.fields(pattern, node, ("left", "right"), known)
        return
    value = said(pattern)
    if value is None or said(node) is None:
        return
    name = _METAVARIABLE.fullmatch(value) if isinstance(value, str) else None
    if name:
        yield from matcher.bind(name[1], (node,), known)
    elif value == _ANY or value == said(node):
        yield known


def match_formatted(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """An f-string with these parts; `...` in its text is any text and any fields."""
    if not isinstance(pattern, FormattedString):
        return
    parts = _parts(node)
    if parts is not None:
        yield from _match_parts(matcher, pattern.parts, parts, known)


def match_number(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """A number of the same value and type: `0x10` is `16`, `1.0` is not `1`."""
    numbers = (IntegerNode, FloatNode, ImaginaryNode)
    if not isinstance(pattern, numbers) or not isinstance(node, numbers):
        return
    if type(pattern) is type(node) and pattern.evaluated_value == node.evaluated_value:
        yield known


def _is_open(pattern: ConcatenatedString) -> bool:
    """Whether a part is any string: `"..." "..."` is two of them side by side."""
    sides = (pattern.left, pattern.right)
    texts = [said(side) for side in sides if not isinstance(side, ConcatenatedString)]
    return any(text == _ANY or _is_name(text) for text in texts) or any(
        isinstance(side, ConcatenatedString) and _is_open(side) for side in sides
    )


def _is_name(text: str | bytes | None) -> bool:
    return isinstance(text, str) and _METAVARIABLE.fullmatch(text) is not None


def said(node: CSTNode) -> str | bytes | None:
    """The value of a string literal, f-strings without fields too; None for what is none."""
    if isinstance(node, FormattedString):
        texts = [part.value for part in node.parts if isinstance(part, FormattedStringText)]
        is_plain = len(texts) == len(node.parts) and "\\" not in "".join(texts)
        return "".join(texts).replace("{{", "{").replace("}}", "}") if is_plain else None
    if not isinstance(node, (SimpleString, ConcatenatedString)):
        return None
    try:
        return node.evaluated_value
    except (SyntaxError, ValueError):
        return None


def _parts(node: CSTNode) -> Sequence[CSTNode] | None:
    """The parts of an f-string, and of those that stand beside it."""
    if isinstance(node, FormattedString):
        return node.parts
    if not isinstance(node, ConcatenatedString):
        return None
    sides: list[BaseString] = [node.left, node.right]
    if all(said(side) is not None for side in sides):
        return None
    found: list[CSTNode] = []
    for side in sides:
        text = said(side)
        found += (_parts(side) or ()) if text is None else [FormattedStringText(str(text))]
    return found


def _match_parts(
    matcher: Matcher, patterns: Sequence[CSTNode], parts: Sequence[CSTNode], known: Captures
) -> Iterator[Captures]:
    if not patterns:
        if not parts:
            yield known
        return
    first = patterns[0]
    if isinstance(first, FormattedStringText) and _ANY in first.value:
        regex = ".*".join(re.escape(text) for text in first.value.split(_ANY))
        for end in range(len(parts) + 1):
            text = "".join(_text(part) for part in parts[:end])
            if spells(regex, text):
                yield from _match_parts(matcher, patterns[1:], parts[end:], known)
        return
    if not parts or type(first) is not type(parts[0]):
        return
    if isinstance(first, FormattedStringExpression):
        names: tuple[str, ...] = ("expression", "conversion", "format_spec")
        if first.format_spec is None:
            names = ("expression",)
        for captures in matcher.fields(first, parts[0], names, known):
            yield from _match_parts(matcher, patterns[1:], parts[1:], captures)
    elif _text(first) == _text(parts[0]):
        yield from _match_parts(matcher, patterns[1:], parts[1:], known)


def _text(part: CSTNode) -> str:
    """Text as it is; a field as nothing that text could be mistaken for."""
    return part.value if isinstance(part, FormattedStringText) else "{}"
