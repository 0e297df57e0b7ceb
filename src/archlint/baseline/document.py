"""The file of a baseline: JSON with one entry a line, so that a diff shows what was accepted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from archlint.baseline.entry import Entry
from archlint.baseline.faults import VERSION, read_with_care
from archlint.day import is_day
from archlint.errors import BaselineError
from archlint.source import Unreadable, read

NAME: Final = "archlint-baseline.json"
"""Where it lies unless the configuration says otherwise: beside that."""


class _Content(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    entries: list[Entry]


def load(file: Path, name: str) -> tuple[Entry, ...]:
    """The entries of a file, told by a name. Raises BaselineError for all that may be wrong with it."""
    try:
        return parse(read(file), name)
    except Unreadable as problem:
        raise BaselineError(name, 0, f"cannot be read: {problem.reason}") from problem


def parse(data: bytes, name: str) -> tuple[Entry, ...]:
    """The entries of a document, sorted. Of one that stands twice, as after a merge, the greater count holds.

    Raises BaselineError, with the line, for what is no baseline of this version.
    """
    try:
        content = msgspec.json.decode(data, type=_Content)
        is_sound = content.version == VERSION and all(
            not e.expires or is_day(e.expires) for e in content.entries
        )
        entries = content.entries if is_sound else read_with_care(data, name)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        entries = read_with_care(data, name)
    known: dict[tuple[str, str, str], Entry] = {}
    for entry in sorted(entries):
        key = (entry.rule, entry.path, entry.fingerprint)
        count = max(entry.count, known[key].count if key in known else 0)
        known[key] = msgspec.structs.replace(known.get(key, entry), count=count)
    return tuple(sorted(known.values()))


def places(lines: Iterable[str]) -> dict[tuple[str, str, str], int]:
    """The line of each entry, by rule, path and fingerprint, in a document as `render` makes it."""
    found: dict[tuple[str, str, str], int] = {}
    for number, line in enumerate(lines, start=1):
        try:
            entry = msgspec.json.decode(line.strip().rstrip(","), type=Entry)
        except (msgspec.MsgspecError, RecursionError):
            continue  # no entry, or one that somebody has set in several lines
        found.setdefault((entry.rule, entry.path, entry.fingerprint), number)
    return found


def render(entries: Iterable[Entry]) -> bytes:
    """The document that holds these entries."""
    lines = ",\n".join(f"    {_line(entry)}" for entry in sorted(entries))
    body = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "entries": {body}\n}}\n'.encode()


def _line(entry: Entry) -> str:
    said = msgspec.to_builtins(entry)
    line = json.dumps(said, ensure_ascii=False)
    # A path that is no text holds lone surrogates, which only an escape can spell.
    return line if line.isprintable() else json.dumps(said)
