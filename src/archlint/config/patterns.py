"""Patterns of one folder's configuration as they read from another folder.

A pattern belongs to the folder of the file that holds it. Where that file is inherited, its patterns
are rewritten to mean the same from the root.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeAlias

Segments: TypeAlias = tuple[str, ...]
Rebase: TypeAlias = Callable[[str, Path, Path], tuple[str, ...]]
"""The pattern, the folder it belongs to, the root; what it reads as from the root."""


def layer_pattern(pattern: str, folder: Path, root: Path) -> tuple[str, ...]:
    """A pattern with a slash is a path; any other names a module and means the same everywhere."""
    if "/" not in pattern or folder == root:
        return (pattern,)
    return _rebased(tuple(pattern.strip("/").split("/")), folder, root)


def exclude_pattern(pattern: str, folder: Path, root: Path) -> tuple[str, ...]:
    """As in a `.gitignore`: without an inner slash at any depth, `!` takes back, a last `/` is a folder."""
    if folder == root:
        return (pattern,)
    sign, body = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    end = "/" if body.endswith("/") else ""
    body = body.rstrip("/")
    segments = tuple(body.lstrip("/").split("/")) if "/" in body else ("**", body)
    return tuple(f"{sign}{each}{end}" for each in _rebased(segments, folder, root))


def plain_path(path: str, folder: Path, root: Path) -> tuple[str, ...]:
    """A file or folder, without wildcards."""
    if folder == root:
        return (path,)
    return (Path(os.path.relpath(folder / path, root)).as_posix(),)


def _rebased(segments: Segments, folder: Path, root: Path) -> tuple[str, ...]:
    whole = _collapsed((*map(glob.escape, folder.parts), *segments))
    rests: dict[Segments, None] = {whole: None}
    for name in root.parts:
        rests = {rest: None for pattern in rests for rest in _after(pattern, name)}
    if not rests:
        return ("/".join(_outside(whole, root.parts)),)
    return tuple(dict.fromkeys(_spelled(rest) for rest in rests))


def _spelled(segments: Segments) -> str:
    # A lone segment gets a slash in front: without any it would be a module, or match at any depth.
    whole = "/".join(segments) or "**"
    return whole if "/" in whole or whole == "**" else f"/{whole}"


def _collapsed(segments: Segments) -> Segments:
    kept: list[str] = []
    for segment in segments:
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    return tuple(kept)


def _after(pattern: Segments, name: str) -> Iterator[Segments]:
    """What is left of a pattern, each way it can take in one folder; nothing left means all below."""
    if not pattern:
        yield ()
    elif pattern[0] == "**":
        yield pattern
        if len(pattern) > 1:
            yield from _after(pattern[1:], name)
    elif fnmatchcase(name, pattern[0]):
        yield pattern[1:]


def _outside(pattern: Segments, root: Segments) -> Segments:
    """A pattern that cannot match below the root, spelled from there: it will be told as matching nothing."""
    shared = next(
        (at for at, (name, part) in enumerate(zip(root, pattern, strict=False)) if glob.escape(name) != part),
        min(len(root), len(pattern)),
    )
    return (*("..",) * (len(root) - shared), *pattern[shared:])
