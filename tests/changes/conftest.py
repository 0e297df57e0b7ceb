"""Real repositories, and the program run in them inside this process."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archlint.cli.program import run

DRAWING = '[layers]\nweb = ["web/**"]\ndomain = ["domain/**"]\n'
SHOP = {
    ".gitignore": ".archlint_cache\n",
    "archlint.toml": DRAWING,
    "web/schemas.py": "class OrderIn: ...\n",
    "domain/orders.py": "import os\n\nfrom web.schemas import OrderIn\n",
}


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Repo:
    """A repository whose folder is the current one."""

    root: Path

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def write(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, encoding="utf-8")

    def commit(self, files: dict[str, str] | None = None) -> str:
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "a change")
        return self.git("rev-parse", "HEAD")


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch, tmp_path):
    for name in tuple(os.environ):
        if name.startswith("GIT_") or name in ("ARCHLINT_OUTPUT_FORMAT", "GITHUB_ACTIONS", "FORCE_COLOR"):
            monkeypatch.delenv(name)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "somebody")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "somebody@example.org")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))


@pytest.fixture
def repo(tmp_path, monkeypatch) -> Repo:
    root = tmp_path / "work"
    root.mkdir()
    monkeypatch.chdir(root)
    made = Repo(root)
    made.git("init", "--quiet", "--initial-branch", "main")
    return made


@pytest.fixture
def shop(repo) -> Repo:
    """A repository with one commit, which holds one finding."""
    repo.commit(SHOP)
    return repo


@pytest.fixture
def archlint(capsys) -> Callable[..., Result]:
    def call(*arguments: str) -> Result:
        status = run(("check", "--output-format", "concise", *arguments))
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return call


@pytest.fixture
def left_over(tmp_path) -> Callable[[], list[str]]:
    """What lies in the folder for temporary files."""
    return lambda: sorted(os.listdir(tmp_path / "tmp"))
