"""F-strings and templates (PEP 701, 750): which of them need another spelling, and which one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archlint.concrete.quoted import Quoted, joined, outermost
from archlint.concrete.requoting import requote
from archlint.concrete.respelling import respell
from archlint.concrete.sheet import Sheet, accepts

if TYPE_CHECKING:
    from libcst import CSTNode

PLAIN = "SimpleString"
FORMATTED = "FormattedString"
TEMPLATE = "TemplatedString"
JOINED = "ConcatenatedString"

KINDS = frozenset({PLAIN, FORMATTED, TEMPLATE, JOINED})
"""The names of the nodes that `lower_strings` wants."""


def lower_strings(strings: Sequence[CSTNode], sheet: Sheet) -> None:
    """Give every string that the running Python rejects a spelling it accepts.

    Strings come as they end in the file, so that what is within a string precedes it.
    """
    kinds = {_kind(node) for node in strings}
    if TEMPLATE in kinds and not accepts(b't""'):
        for node in strings:
            if _kind(node) == TEMPLATE:
                respell(node, sheet)
    if FORMATTED in kinds and not accepts(b"f'{''}'"):
        _lower_formatted([node for node in strings if _kind(node) != TEMPLATE], sheet)


def _lower_formatted(strings: Sequence[CSTNode], sheet: Sheet) -> None:
    quoted = outermost([node for node in strings if _kind(node) != JOINED], sheet)
    settled = len(sheet.text)
    respelled: set[CSTNode] = set()
    # Backwards, and so from the outermost inwards.
    for node in reversed(strings):
        start, end = sheet.span(node)
        if start >= settled or node in respelled or _kind(node) == PLAIN:
            continue
        units = [one for at, one in quoted.items() if start <= at < end]
        if accepts(_alone(sheet, start, end)) or _requoted(units, start, end, sheet):
            settled = start
            continue
        if not all(_well_escaped(one, sheet) for one in units) or _has_template(node):
            continue  # No Python accepts it.
        respell(node, sheet)
        respelled.update(joined(node))
        # What was within is outermost now, and its turn comes next.
        quoted.update((inner.start, inner) for one in units for inner in one.inner)
        for one in units:
            del quoted[one.start]


def _requoted(units: Sequence[Quoted], start: int, end: int, sheet: Sheet) -> bool:
    draft = sheet.copy()
    for string in units:
        if not accepts(_alone(draft, string.start, string.end)) and not requote(string, draft):
            return False
    if not accepts(_alone(draft, start, end)):
        return False
    sheet.adopt(draft)
    return True


def _alone(sheet: Sheet, start: int, end: int) -> bytes:
    return b"(" + sheet.read(start, end) + b")"


def _well_escaped(string: Quoted, sheet: Sheet) -> bool:
    texts = b" ".join(sheet.read(*text) for text in string.texts)
    return accepts(string.prefix.translate(None, b"fF") + string.quote + texts + b" " + string.quote)


def _has_template(node: CSTNode) -> bool:
    return any(_kind(piece) == TEMPLATE for piece in joined(node))


def _kind(node: CSTNode) -> str:
    return type(node).__name__
