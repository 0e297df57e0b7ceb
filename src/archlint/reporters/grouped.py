"""The findings below the files they are in, for reading."""

from __future__ import annotations

from itertools import groupby

from archlint.finding import Finding
from archlint.report import Report
from archlint.reporters.changes import paragraphs
from archlint.reporters.style import Style
from archlint.reporters.surroundings import Surroundings
from archlint.reporters.text import plain


def render(report: Report, around: Surroundings) -> str:
    """Each path on a line of its own, its findings indented below it, an empty line after each file."""
    groups = groupby(report.findings, key=lambda finding: finding.location.path)
    found = "".join(
        _group(around.shown_path(path), list(findings), around.style) for path, findings in groups
    )
    return found + paragraphs(report.delta, around)


def _group(path: str, findings: list[Finding], style: Style) -> str:
    places = [f"{each.location.line}:{each.location.column}" for each in findings]
    width = max(map(len, places))
    lines = (
        f"  {place:>{width}} {_severity(each, style)} {plain(each.message)} {style.faint(f'[{each.rule}]')}\n"
        for place, each in zip(places, findings, strict=True)
    )
    return f"{style.strong(plain(path))}:\n{''.join(lines)}\n"


def _severity(finding: Finding, style: Style) -> str:
    return style.severity(finding.severity, f"{finding.severity.value:<7}")
