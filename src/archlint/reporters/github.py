"""Workflow commands of GitHub Actions, which become annotations on the lines of a pull request.

GitHub shows ten of each level for a step and leaves the rest in the log, so the worst come first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archlint.finding import Finding, Severity
from archlint.report import Report, RuleFailure
from archlint.reporters.changes import Item, items
from archlint.reporters.lapsed import Told, told
from archlint.reporters.links import reference
from archlint.reporters.surroundings import Surroundings

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_DATA: Final = {ord(each): f"%{ord(each):02X}" for each in "%\r\n"}
_PROPERTY: Final = {ord(each): f"%{ord(each):02X}" for each in "%\r\n:,"}


def render(report: Report, around: Surroundings) -> str:
    """A command on a line of its own for each rule that failed, each finding, the worst first, and more."""
    findings = sorted(report.findings, key=lambda finding: finding.severity, reverse=True)
    commands = [
        *map(_failure, report.failures),
        *(_finding(each, around.prefix) for each in findings),
        *map(_baseline, told(report)),
        *(_change(each, around.prefix) for each in items(report.delta)),
    ]
    return "".join(f"{command}\n" for command in commands)


def _finding(finding: Finding, prefix: str) -> str:
    properties = ",".join(
        f"{name}={str(value).translate(_PROPERTY)}" for name, value in _properties(finding, prefix)
    )
    return f"::{_LEVELS[finding.severity]} {properties}::{_words(finding).translate(_DATA)}"


def _properties(finding: Finding, prefix: str) -> Iterator[tuple[str, object]]:
    location = finding.location
    yield "title", f"archlint ({finding.rule})"
    yield "file", f"{prefix}{location.path}"
    yield "line", location.line
    yield "endLine", location.end_line
    if location.line == location.end_line:  # GitHub takes columns within one line only
        yield "col", location.column
        yield "endColumn", location.end_column


def _words(finding: Finding) -> str:
    because = [f"because: {finding.because}"] if finding.because else []
    return "\n".join([finding.message, f"hint: {finding.hint}", *because, f"see: {reference(finding.rule)}"])


def _baseline(each: Told) -> str:
    level = "error" if each.fails else "notice"
    return f"::{level} title=archlint::{each.sentence.translate(_DATA)}"


def _change(each: Item, prefix: str) -> str:
    title = f"archlint ({each.title.lower()})".translate(_PROPERTY)
    place = f",file={(prefix + each.spot.path).translate(_PROPERTY)}" if each.spot.path else ""
    line = f",line={each.spot.line}" if place and each.spot.line else ""
    return f"::notice title={title}{place}{line}::{each.text.translate(_DATA)}"


def _failure(failure: RuleFailure) -> str:
    words = f"rule {failure.rule} failed: {failure.error}"
    return f"::error title=archlint::{words.translate(_DATA)}"
