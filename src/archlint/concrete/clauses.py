"""Exception clauses and stars (PEP 646, 654, 758, 798), said in older words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from archlint.concrete.sheet import Sheet, accepts

if TYPE_CHECKING:
    from libcst import (
        Annotation,
        ExceptHandler,
        ExceptStarHandler,
        GeneratorExp,
        Index,
        ListComp,
        SetComp,
        StarredDictComp,
    )

_EXCEPT = len("except")


def lower_except(node: ExceptHandler, sheet: Sheet) -> None:
    """`except A, B:` becomes `except(A, B):`."""
    _wrap_types(node, sheet)


def lower_except_star(node: ExceptStarHandler, sheet: Sheet) -> None:
    """`except* A:` becomes `except  A:`; several types are wrapped as in `except`."""
    if not _knows(b"try: 0\nexcept* A: 0"):
        start, _ = sheet.span(node)
        sheet.put(sheet.text.index(b"*", start + _EXCEPT), b" ")
    _wrap_types(node, sheet)


def lower_annotation(node: Annotation, sheet: Sheet) -> None:
    """`*args: *Ts` becomes `*args:  Ts`."""
    start, _ = sheet.span(node.annotation)
    if sheet.text.startswith(b"*", start) and not _knows(b"def f(*a: *T): 0"):
        sheet.put(start, b" ")


def lower_index(node: Index, sheet: Sheet) -> None:
    """`x[*Ts]` becomes `x[ Ts]`."""
    if node.star and not _knows(b"x[*T]"):
        start, _ = sheet.span(node)
        sheet.put(start, b" ")


def lower_comprehension(node: ListComp | SetComp | GeneratorExp, sheet: Sheet) -> None:
    """`[*x for x in y]` becomes `[ x for x in y]`."""
    start, _ = sheet.span(node.elt)
    if type(node.elt).__name__ == "StarredElement" and not _knows(b"[*x for x in y]"):
        sheet.put(start, b" ")


def lower_dict_comprehension(node: StarredDictComp, sheet: Sheet) -> None:
    """`{**x for x in y}` becomes `{  x for x in y}`."""
    if not _knows(b"{**x for x in y}"):
        start, end = sheet.span(node)
        sheet.put(sheet.text.index(b"**", start, end), b"  ")


def _wrap_types(node: ExceptHandler | ExceptStarHandler, sheet: Sheet) -> None:
    types = node.type
    if type(types).__name__ != "Tuple" or types is None or types.lpar or _knows(b"try: 0\nexcept A, B: 0"):
        return
    start, end = sheet.span(types)
    if sheet.text.endswith((b" ", b"\t"), 0, start):
        sheet.put(start - 1, b"(")
    else:
        sheet.insert(start, b"(")
    if sheet.text.startswith((b" ", b"\t"), end):
        sheet.put(end, b")")
    elif sheet.text.startswith(b": ", end):
        sheet.put(end, b"):")  # What follows on the line keeps its column.
    else:
        sheet.insert(end, b")")


@cache
def _knows(sample: bytes) -> bool:
    return accepts(sample)
