"""F-strings of today (PEP 701) within yesterday's bounds.

Up to Python 3.11 what stands in the braces of an f-string may hold neither its quotes nor a backslash
nor a comment, nor a line end unless the quotes are triple.
"""

from __future__ import annotations

import re
from itertools import chain

from archlint.concrete.quoted import Quoted
from archlint.concrete.sheet import Sheet

_ESCAPE = re.compile(rb"\\(?:N\{[^}]*\}|[ -~]|)")
_RAW_ESCAPE = re.compile(rb"\\(?:['\"]|)")
_COMMENT = re.compile(rb"#[^\r\n]*")
_OTHER = {b"'": b'"', b'"': b"'"}

Plan = list[tuple[Quoted, bytes]]


def requote(string: Quoted, sheet: Sheet) -> bool:
    """Change quotes, and make spaces of comments and escapes in the braces; False if no quotes are left.

    Quotes of the same width are taken if there are any; else some become triple, and what follows
    on their line moves.
    """
    _clear(string, sheet)
    plan = _plan(string, (), sheet, widen=False) or _plan(string, (), sheet, widen=True)
    for one, quote in plan or ():
        _write(one, quote, sheet)
    return plan is not None


def _clear(string: Quoted, sheet: Sheet) -> None:
    for one in chain.from_iterable(inner.family() for inner in string.inner):
        escape = _RAW_ESCAPE if one.raw else _ESCAPE
        for start, end in one.texts:
            _blank_all(escape, start, end, sheet)
    for start, end in _code(string):
        _blank_all(_COMMENT, start, end, sheet)
        _blank_all(_RAW_ESCAPE, start, end, sheet)  # What is left joins lines.


def _code(string: Quoted) -> list[tuple[int, int]]:
    """What is neither literal text nor a string within, nor a quote."""
    start, end = string.inside
    gaps = []
    for taken in sorted((*string.texts, *((one.start, one.end) for one in string.inner))):
        gaps.append((start, taken[0]))
        start = taken[1]
    nested = chain.from_iterable(_code(one) for one in string.inner)
    return [*gaps, (start, end), *nested]


def _blank_all(pattern: re.Pattern[bytes], start: int, end: int, sheet: Sheet) -> None:
    for found in list(pattern.finditer(sheet.text, start, end)):
        sheet.blank(*found.span())


def _plan(string: Quoted, taken: tuple[bytes, ...], sheet: Sheet, *, widen: bool) -> Plan | None:
    """Quotes for a string and all within, none of which holds the quotes around it."""
    for quote in _candidates(string, widen=widen):
        if not _fits(string, quote, taken, sheet):
            continue
        plan: Plan = [(string, quote)]
        for one in string.inner:
            rest = _plan(one, (*taken, quote), sheet, widen=widen)
            if rest is None:
                break
            plan += rest
        else:
            return plan
    return None


def _candidates(string: Quoted, *, widen: bool) -> list[bytes]:
    own = string.quote
    other = _OTHER[own[:1]] * len(own)
    return [own, other, own * 3, other * 3] if widen and len(own) == 1 else [own, other]


def _fits(string: Quoted, quote: bytes, taken: tuple[bytes, ...], sheet: Sheet) -> bool:
    if any(around in quote for around in taken):
        return False
    if len(quote) == 1 and _breaks_line(string, sheet, within=bool(taken)):
        return False
    forbidden = taken if quote == string.quote else (*taken, quote)
    texts = [bytes(sheet.text[start:end]) for start, end in string.texts]
    if any(around in text for around in forbidden for text in texts):
        return False
    # A text that ends in the quote's own character would end the string one character early.
    _, end = string.inside
    return quote == string.quote or sheet.text[end - 1 : end] != quote[:1]


def _breaks_line(string: Quoted, sheet: Sheet, *, within: bool) -> bool:
    """A line end where only triple quotes may hold one; the outermost's own text may escape it."""
    if within:
        start, end = string.inside
        return b"\n" in sheet.text[start:end]
    parts = chain(_code(string), ((one.start, one.end) for one in string.inner))
    return any(b"\n" in sheet.text[start:end] for start, end in parts)


def _write(string: Quoted, quote: bytes, sheet: Sheet) -> None:
    start, end = string.inside
    width = len(string.quote)
    sheet.put(start - width, quote[:width])
    sheet.put(end, quote[:width])
    if len(quote) > width:
        sheet.insert(start, quote[width:])
        sheet.insert(string.end, quote[width:])
