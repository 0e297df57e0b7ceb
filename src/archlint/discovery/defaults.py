"""Folders that hold no code of the project, in any project."""

from __future__ import annotations

ALWAYS = frozenset(
    {
        ".archlint_cache",
        ".eggs",
        ".git",
        ".hg",
        ".hypothesis",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        "__pycache__",
        "__pypackages__",
        "node_modules",
        "site-packages",
    }
)

UNLESS_PACKAGE = frozenset({"build", "dist", "env", "venv"})
"""Usually made by a tool; but a package of this name is code, and so is one inside a package."""

ENVIRONMENT_MARK = "pyvenv.cfg"
"""The file that makes a folder a virtual environment, whatever its name."""


def is_never_code(name: str) -> bool:
    """Whether a folder of this name is left out wherever it stands."""
    return name in ALWAYS or name.endswith(".egg-info")
