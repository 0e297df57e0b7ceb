"""Takes one table, with all its subtables, out of a TOML file and leaves every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(rb"[ \t]*\[{1,2}[ \t]*(?P<name>[^\]\r\n]+?)[ \t]*\]{1,2}[ \t]*(?:#.*)?\r?\n?")


def without_section(data: bytes, section: Sequence[str]) -> bytes:
    """The file without the table; what stands above the next header's own comment goes with it."""
    lines = data.splitlines(keepends=True)
    kept: list[bytes] = []
    dropped: list[bytes] = []
    is_inside = False
    for line in lines:
        header = _HEADER.fullmatch(line)
        if header is not None:
            was_inside, is_inside = is_inside, _belongs(header["name"], section)
            if was_inside and not is_inside:
                kept += _comment_above(dropped)
            if is_inside and not was_inside:
                dropped = []
        (dropped if is_inside else kept).append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return b"".join(kept)


def _belongs(name: bytes, section: Sequence[str]) -> bool:
    parts = [part.strip().strip("\"'") for part in name.decode("utf-8", "replace").split(".")]
    return parts[: len(section)] == list(section)


def _comment_above(dropped: Sequence[bytes]) -> list[bytes]:
    """The comment that ends a table without a blank line behind it: it speaks of what follows."""
    found: list[bytes] = []
    for line in reversed(dropped):
        if not line.lstrip().startswith(b"#"):
            break
        found.append(line)
    return found[::-1]
