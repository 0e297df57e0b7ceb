"""Code without what a formatter may change: spaces, quotes, line breaks, brackets that only group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from keyword import iskeyword
from typing import Final

import msgspec

_TOKEN: Final = re.compile(
    r"""
      (?P<space>[\s\\]+ | \#[^\n]*)
    | (?P<string>(?:\b[A-Za-z]{1,2})?(?P<quote>\"\"\"|'''|"|')(?P<said>(?:\\.|(?!(?P=quote)).)*)
        (?:(?P=quote)|\Z))
    | (?P<number>\d[\w.]*)
    | (?P<name>\w+)
    | (?P<sign>->|:=|\*\*|//|<<|>>|[-+*/%@&|^=<>!]=?|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_QUOTES: Final = re.compile(r"\\?['\"]")
_VALUES: Final = frozenset({"True", "False", "None"})
_OPEN: Final = frozenset("([{")
_CLOSED: Final = frozenset(")]}")


class _Token(msgspec.Struct, frozen=True):
    kind: str
    text: str


def essence(code: str, *, is_item: bool = False) -> str:
    """What a stretch of code says, however it is laid out; of an item, what comes before the next comma.

    Any two codes that a formatter makes of each other are alike; so are a few that mean different things,
    such as `(a,)` and `a`. The code may begin and end in the middle of something.
    """
    kept: list[str] = []
    groups: list[bool] = []  # for each open bracket whether it only groups
    before: _Token | None = None
    for token in _tokens(code):
        if token.text in _OPEN and token.kind == "sign":
            groups.append(token.text == "(" and not _ends_value(before))
            text = "" if groups[-1] else token.text
        elif token.text in _CLOSED and token.kind == "sign":
            if kept and kept[-1] == ",":
                kept.pop()
            if not groups:
                break  # what is around the code begins
            text = "" if groups.pop() else token.text
        elif is_item and not groups and token.text == ",":
            break
        elif token.kind == "string" and before is not None and before.kind == "string" and kept:
            kept[-1] = kept[-1][:-1] + token.text[1:]  # one string in two parts
            continue
        else:
            text = token.text
        kept += [text] if text else []
        before = token
    while kept and kept[-1] in (",", ";"):
        kept.pop()
    return " ".join(" ".join(kept).split())


def is_open(code: str) -> bool:
    """Whether the code goes on after its end: a bracket is open, or the line is continued."""
    signs = [token.text for token in _tokens(code) if token.kind == "sign"]
    depth = sum((sign in _OPEN) - (sign in _CLOSED) for sign in signs)
    return depth > 0 or code.rstrip(" \t\f").endswith("\\")


def logical_lines(code: str) -> list[tuple[int, int]]:
    """The first and last line of each logical line: one that brackets or backslashes continue counts as one.

    Lines end with `\\n`.
    """
    spans: list[tuple[int, int]] = []
    depth = first = last = 0
    line = 1
    for found in _TOKEN.finditer(code):
        text = found[0]
        if found.lastgroup != "space":
            first = first or line
            if found.lastgroup == "sign":
                depth = max(0, depth + (text in _OPEN) - (text in _CLOSED))
            last = line + text.count("\n")
        elif first and not depth and "\n" in text and "\\" not in text.partition("\n")[0]:
            spans.append((first, last))
            first = 0
        line += text.count("\n")
    return [*spans, (first, last)] if first else spans


def _tokens(code: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or ""
        if kind == "space":
            continue
        if found["string"] is not None:
            yield _Token("string", f'"{_QUOTES.sub("", found["said"])}"')
        else:
            yield _Token(kind, found[0].lower() if kind == "number" else found[0])


def _ends_value(token: _Token | None) -> bool:
    """Whether a bracket after it calls, rather than groups."""
    if token is None or token.kind == "number":
        return False
    if token.kind == "name":
        return not iskeyword(token.text) or token.text in _VALUES
    return token.kind == "string" or token.text in _CLOSED
