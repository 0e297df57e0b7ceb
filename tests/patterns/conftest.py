"""Projects with patterns in their configuration."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archlint import engine
from archlint.finding import Finding
from archlint.registry import installed
from archlint.registry.opening import opened
from archlint.report import Report

Lint = Callable[..., Report]


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """Lints files, the configuration among them, with archlint's own pack and the patterns."""

    def run(files: dict[str, str]) -> Report:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        root = tmp_path.resolve()
        return engine.run(*opened(root / "archlint.toml", root, installed()))

    return run


@pytest.fixture
def found(lint) -> Callable[..., list[Finding]]:
    """The findings in one file, of a pattern that is written as the rest of a table."""

    def run(table: str, code: str, **files: str) -> list[Finding]:
        head = 'packs = []\n[[patterns]]\nid = "acme/it"\nmessage = "m {X}"\nhint = "h"\n'
        if "$X" not in table:
            head = head.replace(" {X}", "")
        report = lint({"archlint.toml": head + table, "example.py": code, **files})
        assert report.failures == ()
        return list(report.findings)

    return run
