"""How code is spelled does not matter, but what it does: a defect is found however it is written down.

The documented cases are spelled otherwise, all of their modules in one way: what was found is found, and what
was clean is clean.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.respelling.spelling import SPELLINGS, Decorated, Spelling, WithMethodsNamedFirst, WithTextsInHalves
from tests.test_cases import FOLDERS, linted, told

NOT_FOLLOWED = {
    # A relation is compared with what its manager is given, where that is called.
    (WithMethodsNamedFirst, "django-m2m-wrong-instance-01"),
    # What is put aside on an application, `g.pop("db")`, is found by the words in the code.
    (WithMethodsNamedFirst, "sqlalchemy-back-populates-01"),
    (WithMethodsNamedFirst, "sqlalchemy-n-plus-one-01"),
    (WithMethodsNamedFirst, "sqlalchemy-unknown-attribute-03"),
    # What FastAPI passes to a dependency behind a wrapper belongs to the run of the dependency.
    (Decorated, "sqlalchemy-missing-commit-01"),
    (WithTextsInHalves, "sqlalchemy-back-populates-01"),
    (WithTextsInHalves, "sqlalchemy-unknown-attribute-03"),
}


@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda spelling: spelling.__name__)
def test_findings_do_not_depend_on_spelling(spelling: type[Spelling], tmp_path: Path) -> None:
    assert list(_differences(spelling, tmp_path)) == []


def _differences(spelling: type[Spelling], scratch: Path) -> Iterator[str]:
    for folder in FOLDERS:
        if (spelling, folder.name) in NOT_FOLLOWED:
            continue
        wanted = _rules(folder / "bad") - _rules(folder / "good")
        found = {finding.rule for finding in linted(_respelled(folder / "bad", spelling, scratch))}
        if not wanted <= found:
            yield f"{folder.name}: {sorted(wanted - found)} gone"
        clean = linted(_respelled(folder / "good", spelling, scratch))
        yield from (f"{folder.name}: {line}" for line in told(clean))


@cache
def _rules(root: Path) -> frozenset[str]:
    return frozenset(finding.rule for finding in linted(root))


def _respelled(root: Path, spelling: type[Spelling], scratch: Path) -> Path:
    """A copy of a project; its migrations and settings declare things, and stay as they are."""
    copy = scratch / root.parent.name / root.name
    shutil.copytree(root, copy)
    for file in copy.rglob("*.py"):
        if "migrations" not in file.parts and file.name != "settings.py":
            file.write_text(spelling().respelled(file.read_text(encoding="utf-8")), encoding="utf-8")
    return copy
