"""Edits of one file, made in its bytes: encoding, byte order mark and line ends stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archlint.finding import Edit
from archlint.source import encoding_of

_LINE_END = re.compile(r"\r\n|\r|\n")


class Unfixable(Exception):  # noqa: N818 -- an adjective: it is said of a file
    """A file that edits would break."""


def edited(path: str, data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file with edits that do not overlap.

    Raises Unfixable: if it cannot be decoded, cannot hold what is written, or would not parse any more.
    """
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError) as problem:
        raise Unfixable(f"it is not valid {encoding}") from problem
    try:
        result = _edited(text, edits).encode(encoding)
    except UnicodeError as problem:
        raise Unfixable(f"{encoding} cannot hold what would be written") from problem
    if path.endswith((".py", ".pyi")):
        _refuse_broken(result)
    return result


def _edited(text: str, edits: Iterable[Edit]) -> str:
    lines = [0, *(end.end() for end in _LINE_END.finditer(text))]
    spans = sorted(
        (
            lines[edit.location.line - 1] + edit.location.column - 1,
            lines[edit.location.end_line - 1] + edit.location.end_column - 1,
            number,
            edit.text,
        )
        for number, edit in enumerate(edits)
    )
    pieces, at = [], 0
    for start, end, _, new in spans:
        pieces += [text[at:start], new]
        at = end
    return "".join((*pieces, text[at:]))


def _refuse_broken(data: bytes) -> None:
    from archlint.concrete.parsing import parse
    from archlint.source import Unparsable

    try:
        parse(data)
    except Unparsable as problem:
        raise Unfixable(f"it would not parse any more: {problem}") from problem
