"""Documented defects of real kinds: each is found in the bad twin, and nothing is in the good one.

A case under `cases/<group>/<case>/` is a small backend in two twins, which differ in little but the defect.
`case.toml` tells what fails at run time and where a careful reviewer would point to.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli

from archlint.config.loading import load as load_config
from archlint.engine import Request, run
from archlint.finding import Finding, Severity
from archlint.registry import Registry, load

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(file.parent for file in CASES.glob("*/*/case.toml"))
NEAR = 2
"""Lines that a finding may be away from the place."""


def test_the_cases_are_there() -> None:
    assert len(FOLDERS) > 30


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_defect_is_found(folder: Path) -> None:
    places = list(expected(tomli.loads((folder / "case.toml").read_text(encoding="utf-8"))))
    findings = linted(folder / "bad")
    assert any(is_at(finding, *place) for finding in findings for place in places), (places, told(findings))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_is_said_of_the_corrected_twin(folder: Path) -> None:
    assert told(linted(folder / "good")) == []


@cache
def registry() -> Registry:
    return load()


def linted(root: Path) -> tuple[Finding, ...]:
    """The errors and warnings, with the configuration of the twin itself or none."""
    known = registry()
    file = root / "archlint.toml"
    config = load_config(file if file.exists() else None, root, known.rules, known.packs)
    report = run(config, known, Request(jobs=1))
    assert report.failures == ()
    return tuple(finding for finding in report.findings if finding.severity >= Severity.WARNING)


def expected(case: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The places, with the further acceptable ones."""
    for expectation in case["expect"]:
        yield expectation["path"], expectation["line"]
        for other in expectation.get("also", ()):
            path, _, line = other.rpartition(":")
            yield path, int(line)


def is_at(finding: Finding, path: str, line: int) -> bool:
    location = finding.location
    return location.path == path and location.line - NEAR <= line <= location.end_line + NEAR


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{each.location.path}:{each.location.line}: {each.rule} {each.message}" for each in findings]
