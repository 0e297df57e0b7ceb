"""One line a finding, for editors and for `grep`."""

from __future__ import annotations

from archlint.finding import Finding
from archlint.report import Report
from archlint.reporters.changes import lines
from archlint.reporters.style import Style
from archlint.reporters.surroundings import Surroundings
from archlint.reporters.text import plain


def render(report: Report, around: Surroundings) -> str:
    """`path:line:column: severity [rule] message`, a line each."""
    found = "".join(f"{headline(finding, around.style)}\n" for finding in report.findings)
    return found + lines(report.delta, around.style)


def headline(finding: Finding, style: Style) -> str:
    """The line that tells where and what."""
    place = f"{plain(finding.location.path)}:{finding.location.line}:{finding.location.column}"
    severity = style.severity(finding.severity, finding.severity.value)
    rule = style.faint(f"[{finding.rule}]")
    return f"{style.strong(place)}: {severity} {rule} {plain(finding.message)}"
