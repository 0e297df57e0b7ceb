"""Where the files for other tools lie, and a project with a finding to try them on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent.parent

BROKEN: Final = {
    "archlint.toml": '[layers]\nweb = ["web/**"]\ndomain = ["domain/**"]\n',
    "web/schemas.py": "class OrderIn: ...\n",
    "domain/orders.py": "from web.schemas import OrderIn\n",
}
MENDED: Final = {**BROKEN, "domain/orders.py": "class Order: ...\n"}


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Run git without anything of the user's own configuration."""
    if shutil.which("git") is None:
        pytest.fail("these tests need git on the path")
    run = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def committed(folder: Path) -> str:
    """Make a repository of a folder; the name of its commit."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "first")
    return git(folder, "rev-parse", "HEAD")
