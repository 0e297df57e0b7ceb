"""Telling another archlint project from a folder of this one."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from archlint.discovery.toml import table
from archlint.source import Unreadable, read


def is_project(root: Path, folder: str, names: Collection[str]) -> bool:
    """Whether a folder of the root, with these entries, has a configuration of its own."""
    if "archlint.toml" in names:
        return True
    return "pyproject.toml" in names and _has_table(root / folder / "pyproject.toml")


def _has_table(pyproject: Path) -> bool:
    try:
        data = read(pyproject)
    except Unreadable:
        return False
    if b"archlint" not in data:
        return False
    found = table(data.decode("utf-8", "replace"))
    if found is None:
        # Somebody's configuration, and broken: whoever lints that folder will be told.
        return b"[tool.archlint" in data
    tool = found.get("tool")
    return isinstance(tool, dict) and "archlint" in tool
