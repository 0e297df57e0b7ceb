"""The template language, as far as names go: what is read, looped over, renamed, included.

That of Django and that of Jinja are alike in this.
https://docs.djangoproject.com/en/5.2/ref/templates/builtins/
https://jinja.palletsprojects.com/en/stable/templates/
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

_TOKEN = re.compile(
    r"\{%-?(?P<tag>(?:(?!\{%).)*?)-?%\}|\{\{(?P<variable>(?:(?!\{\{).)*?)\}\}|\{#(?:(?!\{#).)*?#\}", re.DOTALL
)
"""What is open to the end of the file is looked through once, not from each of its beginnings."""
_PATH = re.compile(r"(?<![\w.\"'|:])[A-Za-z_]\w*(?:\.\w+)*")
_FILTER = re.compile(r"\|\s*(\w+)")
_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
_BINDING = re.compile(r"\b(\w+)=([A-Za-z_][\w.]*)")
_OPAQUE = frozenset({"comment", "verbatim", "cache", "blocktrans", "blocktranslate", "macro", "raw"})
_SAME_ROWS = re.compile(r"\|\s*(?!(?:dictsort|list|reverse|sort|unique)\b)")
"""Any filter but those that leave the rows as they are."""

_DEEPEST = 100
"""Loops and renamings inside one another; what lies deeper is left out."""

_WORDS = frozenset(
    {"and", "or", "not", "in", "is", "if", "as", "with", "by", "only", "True", "False", "None", "reversed"}
)


class Path(msgspec.Struct, frozen=True):
    """`order.customer.name`, as it is read somewhere."""

    names: tuple[str, ...]
    line: int
    column: int
    filter: str = ""
    """The filter behind it, the first of several."""

    tag: str = ""
    """The tag whose first argument it is."""

    is_written: bool = False
    """Its text goes into the page; tags may do with it what they like."""

    @property
    def text(self) -> str:
        """As it is written."""
        return ".".join(self.names)


class Block(msgspec.Struct):
    """A part of a template."""

    items: list[Item] = msgspec.field(default_factory=list)


class Loop(Block):
    """`{% for order in orders %}`."""

    targets: tuple[str, ...] = ()
    over: Path | None = None


class Renaming(Block):
    """`{% with customer=order.customer %}`."""

    bound: tuple[tuple[str, Path], ...] = ()


class Inclusion(msgspec.Struct, frozen=True):
    """`{% include "line.html" with line=line only %}`; what a template extends, too."""

    name: str
    bound: tuple[tuple[str, Path], ...]
    is_alone: bool


Item: TypeAlias = "Path | Loop | Renaming | Inclusion"


def parse(text: str) -> Block:
    """A template as a tree. What is not understood is left out; nothing is an error."""
    whole = Block()
    starts = [0, *[found.end() for found in re.finditer("\n", text)]]
    stack: list[tuple[str, Block]] = [("", whole)]
    opaque = ""
    for token in _TOKEN.finditer(text):
        tag = (token["tag"] or "").strip().split(None, 1)
        name = tag[0] if tag else ""
        if opaque:
            opaque = "" if name == f"end{opaque}" else opaque
            continue
        at = _At(starts, token.start())
        here = stack[-1][1]
        if token["variable"]:
            here.items += _paths(token["variable"], at, is_written=True)
        elif name in _OPAQUE:
            opaque = name
        elif name in ("for", "with"):
            block = _loop(tag[-1], at) if name == "for" else Renaming(bound=_bound(tag[-1], at))
            if len(stack) < _DEEPEST:
                here.items.append(block)
            stack.append((name, block))
        elif name in ("endfor", "endwith"):
            if len(stack) > 1 and stack[-1][0] == name[3:]:
                stack.pop()
        elif name in ("include", "extends"):
            included = _inclusion(tag[-1], at)
            here.items += [included] if included is not None else []
        elif name and not name.startswith("end") and len(tag) > 1:
            here.items += _paths(tag[1], at, name)
    return whole


class _At(msgspec.Struct, frozen=True):
    starts: list[int]
    """Where the lines begin."""

    offset: int

    @property
    def place(self) -> tuple[int, int]:
        """Line and column, from 1."""
        line = bisect_right(self.starts, self.offset)
        return line, self.offset - self.starts[line - 1] + 1


def _paths(written: str, at: _At, tag: str = "", *, is_written: bool = False) -> Iterator[Path]:
    plain = _TEXT.sub(lambda found: " " * len(found[0]), written)
    for found in _PATH.finditer(plain):
        if found[0] not in _WORDS and not plain.startswith("=", found.end()):
            behind = _FILTER.match(plain, found.end())
            of = tag if found.start() == 0 else ""
            yield Path(tuple(found[0].split(".")), *at.place, behind[1] if behind else "", of, is_written)


def _loop(written: str, at: _At) -> Loop:
    names, _, over = written.partition(" in ")
    found = next(_paths(over, at), None)
    targets = tuple(name.strip() for name in names.split(","))
    return Loop(targets=targets, over=None if _SAME_ROWS.search(over) else found)


def _bound(written: str, at: _At) -> tuple[tuple[str, Path], ...]:
    first, _, name = written.partition(" as ")
    pairs = [(name.strip(), first.strip())] if name else _BINDING.findall(_TEXT.sub("", written))
    return tuple((name, Path(tuple(path.split(".")), *at.place)) for name, path in pairs if path)


def _inclusion(written: str, at: _At) -> Inclusion | None:
    found = re.match(r"\"([^\"]+)\"|'([^']+)'", written)
    if found is None:
        return None
    rest = written[found.end() :]
    return Inclusion(found[1] or found[2], _bound(rest, at), "only" in rest.split())
