"""Path patterns with names in them: `app/{name}.py`, and `{**}` for any folders between.

Besides the names `*`, `**` and `?` mean what they mean in every path pattern.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

FOLDERS = "**"
"""The name of `{**}`, which stands for all of some folders with their last `/`."""

_ALL_FOLDERS = "{**}"
_TOKEN = re.compile(r"\{(?P<name>[A-Za-z][A-Za-z0-9_]*)\}|(?P<wild>[*?])|(?P<text>[^{*?]+)")
_NAME = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")


def names(pattern: str) -> frozenset[str]:
    """The names in a pattern."""
    folders = {FOLDERS} if _ALL_FOLDERS in pattern else set()
    return frozenset(_NAME.findall(pattern)) | folders


def is_sound(pattern: str) -> bool:
    """Whether every brace belongs to a name, and `{**}` is a whole folder of its own."""
    *folders, last = pattern.split("/")
    rest = [_NAME.sub("", segment) for segment in folders if segment != _ALL_FOLDERS]
    return not any(brace in segment for segment in (*rest, _NAME.sub("", last)) for brace in "{}")


def captured(pattern: str, path: str) -> dict[str, str] | None:
    """What the names stand for in a path; None where the path does not match."""
    found = _compiled(pattern).fullmatch(path)
    if found is None:
        return None
    return {FOLDERS if name == "_folders" else name: text for name, text in found.groupdict().items()}


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern with its names replaced; one that has no value becomes a wildcard."""
    folders = values.get(FOLDERS, "**/")
    return _NAME.sub(lambda name: values.get(name[1], "*"), pattern.replace(f"{_ALL_FOLDERS}/", folders))


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    met: set[str] = set()
    *folders, last = pattern.removeprefix("./").strip("/").split("/")
    parts = [_folder(folder, met) for folder in folders]
    return re.compile("".join(parts) + (".*" if last == "**" else _segment(last, met)))


def _folder(segment: str, met: set[str]) -> str:
    if segment == "**":
        return "(?:[^/]+/)*"
    if segment != _ALL_FOLDERS:
        return f"{_segment(segment, met)}/"
    if FOLDERS in met:
        return "(?P=_folders)"
    met.add(FOLDERS)
    return "(?P<_folders>(?:[^/]+/)*)"


def _segment(segment: str, met: set[str]) -> str:
    return "".join(_part(token, met) for token in _TOKEN.finditer(segment))


def _part(token: re.Match[str], met: set[str]) -> str:
    if token["wild"]:
        return "[^/]*" if token["wild"] == "*" else "[^/]"
    if token["text"]:
        return re.escape(token["text"])
    if token["name"] in met:
        return f"(?P={token['name']})"
    met.add(token["name"])
    return f"(?P<{token['name']}>[^/]+)"
