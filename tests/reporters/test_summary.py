"""The last line."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from archlint.finding import Accepted, Severity
from archlint.report import Report, RuleFailure, Tally
from archlint.reporters.style import PLAIN, Style
from archlint.reporters.summary import summary

from .reports import LOOKUP

FAILURE = RuleFailure("web/slow", "ValueError: no", "…")

KNOWN = Accepted(LOOKUP)


def report(files: int = 214, severities: tuple[Severity, ...] = (), **rest) -> Report:
    findings = tuple(replace(LOOKUP, severity=severity) for severity in severities)
    return Report(Path(), files, findings, **{"tallies": {"a/b": Tally(kept=1199, unknown=4)}, **rest})


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (
            report(severities=(E, W, E, E), suppressed=(KNOWN, KNOWN)),
            "Found 3 errors and 1 warning in 214 files (2 suppressed).",
        ),
        (report(1, (N, W, W, E)), "Found 1 error, 2 warnings and 1 note in 1 file."),
        (report(), "All checks passed: 214 files, 1,203 places examined, 4 unknown."),
        (
            report(suppressed=(KNOWN,), baselined=(KNOWN,) * 1000),
            "All checks passed: 214 files, 1,203 places examined, 4 unknown"
            " (1 suppressed, 1,000 in the baseline).",
        ),
        (report(failures=(FAILURE,)), "No findings in 214 files, but 1 rule failed."),
        (report(0), "No Python files found."),
        (report(tallies={}), "Nothing checked: no rule is in force for 214 files."),
    ],
)
def test_summary(given, line):
    assert summary(given, PLAIN) == line


def test_colours():
    assert (
        summary(report(severities=(E,)), Style(True)) == "Found \x1b[1m\x1b[31m1 error\x1b[0m in 214 files."
    )
