"""What a sparse checkout leaves out: files that belong to the project, and that git did not write here."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from archlint.discovery.patterns import Patterns, ignore_lines
from archlint.source import Unreadable, read

_IS_ON = re.compile(rb"^\s*sparsecheckout\s*=\s*(?:true|yes|on|1)\s*$", re.IGNORECASE | re.MULTILINE)
_ELSEWHERE = re.compile(rb"gitdir: *(.+)")


class Sparse(msgspec.Struct, frozen=True):
    """The patterns of what is checked out, as git reads them: in the syntax of ignore files."""

    patterns: Patterns
    prefix: str
    """The way from the repository's folder to the project's root, with a `/` at the end if there is one."""

    def skips(self, path: str) -> bool:
        """Whether a path of the project, ending with `/` for a folder, is not checked out."""
        segments = (self.prefix + path.rstrip("/")).split("/")
        is_wanted = False
        for depth, name in enumerate(segments, start=1):
            is_folder = depth < len(segments) or path.endswith("/")
            decided = self.patterns.decide("/".join(segments[:depth]), name, is_folder)
            is_wanted = is_wanted if decided is None else decided
        return not is_wanted


def sparse(root: Path) -> Sparse | None:
    """What the checkout around a project leaves out; None where it is whole, or there is none."""
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    if top is None:
        return None
    home = _home(top / ".git")
    # Since Git 2.37 the setting stands in the second file, which each work tree has for itself.
    if not any(_IS_ON.search(_content(home / name)) for name in ("config", "config.worktree")):
        return None
    lines = ignore_lines(_content(home / "info" / "sparse-checkout"))
    way = root.relative_to(top).as_posix()
    return Sparse(Patterns(lines), "" if way == "." else f"{way}/")


def _home(entry: Path) -> Path:
    """The folder in which git keeps what belongs to a work tree."""
    said = _ELSEWHERE.match(_content(entry)) if entry.is_file() else None
    return entry.parent / said[1].decode("utf-8", "surrogateescape").strip() if said else entry


def _content(path: Path) -> bytes:
    try:
        return read(path)
    except Unreadable:
        return b""
