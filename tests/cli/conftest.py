"""Projects to lint, and the program run on them inside this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archlint.cli.program import run

DRAWING = '[layers]\nweb = ["web/**"]\ndomain = ["domain/**"]\n'


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "ARCHLINT_OUTPUT_FORMAT", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def tree(tmp_path, monkeypatch) -> Callable[[dict[str, str]], Path]:
    """Writes files into an empty folder, which becomes the current one."""
    root = tmp_path / "work"
    root.mkdir()
    monkeypatch.chdir(root)

    def write(files: dict[str, str]) -> Path:
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        return root

    return write


@pytest.fixture
def shop(tree) -> Path:
    """A project with one upward import."""
    return tree(
        {
            "archlint.toml": DRAWING,
            "web/schemas.py": "class OrderIn: ...\n",
            "domain/orders.py": "import os\n\nfrom web.schemas import OrderIn\n",
        }
    )


@pytest.fixture
def archlint(capsys) -> Callable[..., Result]:
    def call(*arguments: str) -> Result:
        status = run(arguments)
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return call
