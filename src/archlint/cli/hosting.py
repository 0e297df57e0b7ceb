"""Where a project is at home: seen from the user, in the repository, and at the host that shows its lines."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

_CHECKOUTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""What CI systems call the folder of the repository, where git itself has left no trace."""


def on_github(environment: Mapping[str, str]) -> bool:
    """Whether this is a step of GitHub Actions, which reads commands from the log."""
    return environment.get("GITHUB_ACTIONS") == "true"


def prefix(root: Path, environment: Mapping[str, str]) -> str:
    """The way from the top of the repository to the root, ending in a slash; empty where they are one."""
    top = next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), None)
    named = (Path(os.path.realpath(environment[name])) for name in _CHECKOUTS if environment.get(name))
    top = top or next((folder for folder in named if root.is_relative_to(folder)), root)
    return "" if top == root else f"{root.relative_to(top).as_posix()}/"


def shown_path(root: Path, folder: Path) -> Callable[[str], str]:
    """Gives the path of a file as it is found from a folder, by its path from the root.

    What lies in the folder is told from there, anything else by its whole path: a terminal opens both.
    """

    def shown(path: str) -> str:
        file = root / path
        return (file.relative_to(folder) if file.is_relative_to(folder) else file).as_posix()

    return shown


def line_link(environment: Mapping[str, str]) -> Callable[[str, int], str]:
    """Gives the address of a line in the commit that CI runs for; empty outside of GitHub and GitLab."""
    commit = _commit(environment)

    def link(path: str, line: int) -> str:
        return f"{commit}/{quote(path, errors='replace')}#L{line}" if commit else ""

    return link


def _commit(environment: Mapping[str, str]) -> str:
    github = [environment.get(name) for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")]
    if all(github):
        return "{}/{}/blob/{}".format(*github)
    gitlab = [environment.get(name) for name in ("CI_PROJECT_URL", "CI_COMMIT_SHA")]
    return "{}/-/blob/{}".format(*gitlab) if all(gitlab) else ""
