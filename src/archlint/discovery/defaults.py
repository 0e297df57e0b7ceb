"""Folders that hold no code of the project, in any project."""

from __future__ import annotations

ALWAYS = frozenset(
    {
        ".archlint_cache",
        ".bzr",
        ".cache",
        ".direnv",
        ".eggs",
        ".git",
        ".git-rewrite",
        ".hg",
        ".hypothesis",
        ".ipynb_checkpoints",
        ".jj",
        ".mypy_cache",
        ".nox",
        ".pants.d",
        ".pyenv",
        ".pytest_cache",
        ".pytype",
        ".ropeproject",
        ".ruff_cache",
        ".semgrep",
        ".svn",
        ".tox",
        ".uv-cache",
        ".venv",
        "__pycache__",
        "__pypackages__",
        "node_modules",
        "site-packages",
    }
)

# Not every folder whose name starts with a dot: what lies in `.github/scripts` or `.ci` runs as any other
# code does, and rules of layout ask for files in such folders.

UNLESS_PACKAGE = frozenset({"build", "dist", "env", "venv"})
"""Usually made by a tool; but a package of this name is code, and so is one inside a package."""

ENVIRONMENT_MARKS = frozenset({"pyvenv.cfg", "conda-meta"})
"""What makes a folder an environment of venv or conda, whatever its name."""


def is_never_code(name: str) -> bool:
    """Whether a folder of this name is left out wherever it stands."""
    return name in ALWAYS or name.endswith(".egg-info")
