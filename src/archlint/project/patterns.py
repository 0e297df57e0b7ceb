"""Patterns for files and modules: with a slash a path, dotted a module; both take `*` and `**`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from archlint.config.model import is_path as is_path
from archlint.project.module import Module


@lru_cache(maxsize=4096)
def _compiled(pattern: str, separator: str) -> re.Pattern[str]:
    parts: list[str] = []
    segments = pattern.strip(separator).split(separator)
    for place, segment in enumerate(segments):
        last = place == len(segments) - 1
        if segment == "**":
            # `a/**` is everything below `a`, and for modules `a` too; `**/b` is `b` at any depth.
            parts.append(".*" if last else f"(?:[^{separator}]+{re.escape(separator)})*")
            continue
        glob = "".join(f"[^{separator}]*" if c == "*" else "." if c == "?" else re.escape(c) for c in segment)
        parts.append(glob if last else glob + re.escape(separator))
    return re.compile("".join(parts))


def matches_path(path: str, pattern: str) -> bool:
    """Whether a path relative to the root matches; a pattern for a folder matches what lies below."""
    if pattern.endswith("/"):
        pattern += "**"
    return _compiled(pattern.removeprefix("./"), "/").fullmatch(path) is not None


def matches_name(name: str, pattern: str) -> bool:
    """Whether a dotted name matches: `app.api` is that module, `app.api.**` that and all below."""
    return _compiled_name(pattern).fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _compiled_name(pattern: str) -> re.Pattern[str]:
    if not pattern.endswith(".**"):
        return _compiled(pattern, ".")
    return re.compile(f"(?:{_compiled_name(pattern[:-3]).pattern})(?:\\..*)?")


def matches(module: Module, pattern: str) -> bool:
    """Whether a module matches a pattern of either kind."""
    return matches_path(module.path, pattern) if is_path(pattern) else matches_name(module.name, pattern)


def depth(module: Module, pattern: str) -> int:
    """How many segments of a module's name a pattern speaks of, without those that `**` at its end takes."""
    whole, separator = (module.path, "/") if is_path(pattern) else (module.name, ".")
    segments = whole.split(separator)
    head = pattern.rstrip("/").removesuffix("**").rstrip(separator).removeprefix("./")
    if head == pattern:
        return len(segments)
    compiled = _compiled(head, separator)
    ends = range(len(segments), 0, -1)
    return next((end for end in ends if compiled.fullmatch(separator.join(segments[:end]))), 0)


def first_match(module: Module, patterns: Iterable[str]) -> str | None:
    """The first of some patterns that a module matches."""
    return next((pattern for pattern in patterns if matches(module, pattern)), None)


def matches_external(name: str, pattern: str) -> bool:
    """Whether something outside the project matches: a package stands for all that it holds."""
    while name:
        if matches_name(name, pattern):
            return True
        name = name.rpartition(".")[0]
    return False
