"""The draft of a first configuration for a folder: the project is read, and looked at."""

from __future__ import annotations

from pathlib import Path

from archlint.adoption.draft import Draft
from archlint.cli.lint import CACHE
from archlint.config.model import Config
from archlint.engine import Request, open_project
from archlint.errors import UsageError
from archlint.project.project import Project
from archlint.registry import load
from archlint.store import Store


def drafted(root: Path, tool: str | None, file: Path | None, *, is_cached: bool) -> Draft:
    """What is moved in from another tool, or proposed. Raises UsageError where there is nothing to go by."""
    if not root.is_dir():
        raise UsageError(f"no such folder: `{root}`")

    from archlint.adoption.moving import Move, moved

    def opened(config: Config) -> Project:
        store = Store(root / CACHE, inside_project=True) if is_cached else None
        return open_project(config, Request(store=store))

    move = Move(root, file, opened, load())
    if tool is None:
        from archlint.adoption.proposal import proposed

        return proposed(move)
    return moved(tool, move)
