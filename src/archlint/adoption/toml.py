"""TOML as it is written into a configuration: keys, values, headers, comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Final

from archlint.adoption.draft import Value

WIDTH: Final = 100
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def key(name: str) -> str:
    """A key, in quotes where it needs them."""
    return name if _BARE.fullmatch(name) else text(name)


def text(value: str) -> str:
    """A string on one line."""
    # JSON's escapes are TOML's, but for DEL and for what JSON spells in halves.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def assignment(name: str, value: Value) -> Iterator[str]:
    """The lines that give a key its value."""
    line = f"{key(name)} = {_inline(value)}"
    yield from f"{key(name)} = {_broken(value)}".splitlines() if len(line) > WIDTH else (line,)


def comment(words: str) -> Iterator[str]:
    """The lines of a comment."""
    for line in words.splitlines():
        yield from (
            f"# {part}" for part in wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) or ("",)
        )


def _inline(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key(name)} = {_inline(each)}" for name, each in value.items()) + " }"
    return "[" + ", ".join(text(each) for each in value) + "]"


def _broken(value: Value) -> str:
    """A value with a line for each element; only arrays may take several, also inside a table."""
    if isinstance(value, tuple):
        return "[\n" + "".join(f"    {text(each)},\n" for each in value) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key(name)} = {_broken(each)}" for name, each in value.items()) + " }"
    return _inline(value)
