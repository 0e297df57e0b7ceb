"""One line a finding, for editors and for `grep`."""

from __future__ import annotations

from archlint.finding import Finding, Location
from archlint.report import Report
from archlint.reporters.changes import lines
from archlint.reporters.surroundings import Surroundings
from archlint.reporters.text import plain


def render(report: Report, around: Surroundings) -> str:
    """`path:line:column: severity [rule] message`, a line each."""
    found = "".join(f"{headline(finding, around)}\n" for finding in report.findings)
    return found + lines(report.delta, around)


def headline(finding: Finding, around: Surroundings) -> str:
    """The line that tells where and what."""
    style = around.style
    severity = style.severity(finding.severity, finding.severity.value)
    rule = style.faint(f"[{finding.rule}]")
    return f"{place(finding.location, around)}: {severity} {rule} {plain(finding.message)}"


def place(location: Location, around: Surroundings) -> str:
    """Where it is, so that a terminal or an editor opens it from the folder the reader is in."""
    return around.style.strong(f"{plain(around.shown_path(location.path))}:{location.line}:{location.column}")
