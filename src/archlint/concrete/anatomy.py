"""Which parts of a concrete node carry meaning, and which only layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Final

from libcst import CSTNode

_LAYOUT: Final = frozenset(
    {
        "colon",
        "comma",
        "dot",
        "empty_lines",
        "equal",
        "first_colon",
        "first_line",
        "footer",
        "header",
        "indent",
        "lbrace",
        "lbracket",
        "leading_lines",
        "lpar",
        "newline",
        "rbrace",
        "rbracket",
        "rpar",
        "second_colon",
        "semicolon",
        "trailing_whitespace",
    }
)


@cache
def meaningful(kind: type[CSTNode]) -> tuple[str, ...]:
    """The fields of a kind of nodes that say what the code does, in the order of the source."""
    return tuple(
        each.name
        for each in fields(kind)
        if each.name not in _LAYOUT and "whitespace" not in each.name and not each.name.startswith("lines_")
    )


def parts(node: CSTNode) -> Iterator[CSTNode]:
    """The nodes right below a node, without layout."""
    for name in meaningful(type(node)):
        value = getattr(node, name)
        if isinstance(value, CSTNode):
            yield value
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from (each for each in value if isinstance(each, CSTNode))
