"""Patterns of one folder's configuration as they read from another folder.

A pattern belongs to the folder of the file that holds it. Where that file is inherited, its patterns
are rewritten to mean the same from the root.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path
from typing import TypeAlias

from archlint.config.model import is_path

Segments: TypeAlias = tuple[str, ...]
After: TypeAlias = Callable[[Segments, str], Iterator[Segments]]
Rebase: TypeAlias = Callable[[str, Path, Path], tuple[str, ...]]
"""The pattern, the folder it belongs to, the root; what it reads as from the root."""

_SLASH = re.compile(r"/(?![^{}]*\})")
_BRACES = re.compile(r"\{([^{}]*)\}")
_ESCAPED = re.compile(r"\[([\[*?])\]")
"""As `glob.escape` writes what stands in the name of a folder; path patterns know no escapes."""


def layer_pattern(pattern: str, folder: Path, root: Path) -> tuple[str, ...]:
    """A path, or the name of a module or a layer, which means the same everywhere."""
    if folder == root or not is_path(pattern):
        return (pattern,)
    found = _paths(pattern, folder, root)
    return tuple("/".join(rest) + end if end else _spelled(rest) for rest, end in found)


def path_pattern(pattern: str, folder: Path, root: Path) -> tuple[str, ...]:
    """A path, be it a bare `README.md`. `{a,b}` and `{name}` may stand in it, a last `/` is a folder."""
    if folder == root:
        return (pattern,)
    return tuple(("/".join(rest) or ".") + end for rest, end in _paths(pattern, folder, root))


def import_pattern(pattern: str, folder: Path, root: Path) -> tuple[str, ...]:
    """`importer -> imported`, each side as `layer_pattern` has it."""
    importer, arrow, imported = (part.strip() for part in pattern.partition("->"))
    if folder == root or not arrow:
        return (pattern,)
    sides = (layer_pattern(side, folder, root) for side in (importer, imported))
    return tuple(" -> ".join(pair) for pair in product(*sides))


def exclude_pattern(pattern: str, folder: Path, root: Path) -> tuple[str, ...]:
    """As in a `.gitignore`: without an inner slash at any depth, `!` takes back, a last `/` is a folder."""
    if folder == root:
        return (pattern,)
    sign, body = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    end = "/" if body.endswith("/") else ""
    body = body.rstrip("/")
    segments = tuple(body.lstrip("/").split("/")) if "/" in body else ("**", body)
    rests = _rebased(segments, folder, root, _with_all_below)
    return tuple(dict.fromkeys(f"{sign}{_spelled(rest)}{end}" for rest in rests))


def plain_path(path: str, folder: Path, root: Path) -> tuple[str, ...]:
    """A file or folder, without wildcards."""
    if folder == root:
        return (path,)
    return (Path(os.path.relpath(folder / path, root)).as_posix(),)


def _paths(pattern: str, folder: Path, root: Path) -> Iterator[tuple[Segments, str]]:
    """A path pattern from the root in segments, with the `/` it ends with."""
    is_folder = pattern.endswith("/")
    segments = tuple(_SLASH.split(pattern.strip("/")))
    for rest in _rebased((*segments, "**") if is_folder else segments, folder, root, _exactly):
        bare = tuple(_ESCAPED.sub(r"\1", segment) for segment in rest)
        yield (bare[:-1], "/") if is_folder and len(bare) > 1 else (bare, "")


def _rebased(segments: Segments, folder: Path, root: Path, after: After) -> tuple[Segments, ...]:
    whole = _collapsed((*map(glob.escape, folder.parts), *segments))
    rests: dict[Segments, None] = {whole: None}
    for name in root.parts:
        rests = {rest: None for pattern in rests for rest in after(pattern, name)}
    return tuple(rests) or (_outside(whole, root.parts),)


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


def _with_all_below(pattern: Segments, name: str) -> Iterator[Segments]:
    """What is left of a pattern, each way it can take in one folder; nothing left means all below."""
    return _exactly(pattern, name) if pattern else iter([()])


def _exactly(pattern: Segments, name: str) -> Iterator[Segments]:
    """The same, where a pattern that has come to its end names no more than that."""
    if not pattern:
        return
    first, rest = pattern[0], pattern[1:]
    if first in ("**", "{**}"):
        yield pattern
        if rest:
            yield from _exactly(rest, name)
    elif any(fnmatchcase(name, one) for one in _without_braces(first)):
        yield rest


def _without_braces(segment: str) -> Iterator[str]:
    """`{a,b}` is either of two, `{name}` is whatever stands there."""
    found = _BRACES.search(segment)
    if found is None:
        yield segment
        return
    for part in found[1].split(",") if "," in found[1] else ("*",):
        yield from _without_braces(segment[: found.start()] + part.strip() + segment[found.end() :])


def _outside(pattern: Segments, root: Segments) -> Segments:
    """A pattern that cannot match below the root, spelled from there: it will be told as matching nothing."""
    shared = next(
        (at for at, (name, part) in enumerate(zip(root, pattern, strict=False)) if glob.escape(name) != part),
        min(len(root), len(pattern)),
    )
    return (*("..",) * (len(root) - shared), *pattern[shared:])
