"""The bad twins of the reproduction cases: what can be fixed there is gone afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archlint.finding import Severity
from archlint.source import parse

from .projects import apply, lint

CASES = Path(__file__).parent.parent / "cases"
LEFT = {
    "django-meta-unknown-field-01",
    "layer-query-in-route-01",
    "layer-reexport-01",
    "sqlalchemy-global-session-01",
}
"""What is meant there, somebody has to decide; `docs/fixes.md` tells why."""

FIXED = {path.parent.name for path in CASES.glob("*/*/bad")} - LEFT
"""Their own checks at run time pass once they are fixed."""


@pytest.mark.parametrize("name", sorted(FIXED))
def test_a_bad_twin_is_mended(name: str, tmp_path: Path) -> None:
    (bad,) = CASES.glob(f"*/{name}/bad")
    root = tmp_path / "project"
    shutil.copytree(bad, root)
    for file in root.rglob("*.py"):
        file.chmod(0o644)
    for _ in range(3):
        for path in apply(root, unsafe=True).files:
            parse((root / path).read_bytes())
    left = [finding for finding in lint(root).findings if finding.severity >= Severity.WARNING]
    assert left == []
