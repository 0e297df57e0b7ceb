"""The bad twins of the reproduction cases: what can be fixed there is gone afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archlint.finding import Severity
from archlint.source import parse

from .projects import apply, lint

CASES = Path(__file__).parent.parent / "cases"
FIXED = {
    "django-async-sync-orm-01",
    "django-auth-user-swapped-01",
    "django-drf-meta-fields-01",
    "django-drf-redundant-source-01",
    "django-lookup-unknown-field-03",
    "django-lookup-unknown-field-08",
    "django-nplus1-01",
    "django-nplus1-03",
    "django-on-delete-missing-01",
    "django-reverse-accessor-unknown-01",
    "django-urlconf-missing-view-01",
    "missing-name-01",
    "sqlalchemy-async-misuse-01",
    "sqlalchemy-back-populates-01",
    "sqlalchemy-detached-lazy-load-01",
    "sqlalchemy-detached-lazy-load-03",
    "sqlalchemy-foreign-key-target-01",
    "sqlalchemy-missing-greenlet-01",
    "sqlalchemy-missing-unique-01",
    "sqlalchemy-n-plus-one-01",
    "sqlalchemy-python-operator-01",
    "sqlalchemy-relationship-target-01",
    "sqlalchemy-unknown-attribute-03",
}
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
