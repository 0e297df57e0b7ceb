"""The last line of a run: what it came to."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.report import Report
from archlint.reporters.style import Style


def summary(report: Report, style: Style) -> str:
    """One line, without its end. Silence is never told as a pass: it says what was looked at."""
    counts = [
        (severity, report.count(severity)) for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    ]
    found = [style.severity(severity, counted(n, severity.value)) for severity, n in counts if n]
    files = counted(report.files, "file")
    aside = _aside(report)
    if found:
        return f"Found {_joined(found)} in {files}{aside}."
    if report.failures:
        return f"No findings in {files}{aside}, but {counted(len(report.failures), 'rule')} failed."
    if not report.files:
        return "No Python files found."
    if not report.tallies:
        return f"Nothing checked: no rule is in force for {files}."
    examined = sum(tally.examined for tally in report.tallies.values())
    unknown = sum(tally.unknown for tally in report.tallies.values())
    places = f"{counted(examined, 'place')} examined, {unknown:,} unknown"
    return f"{style.good('All checks passed')}: {files}, {places}{aside}."


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 file`, `1,203 files`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _aside(report: Report) -> str:
    parts = [
        f"{len(report.suppressed):,} suppressed" if report.suppressed else "",
        *_baseline(report),
        *_against(report),
    ]
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _baseline(report: Report) -> Iterator[str]:
    grown = report.delta.grown if report.delta else 0
    changed = f"{'grew' if grown > 0 else 'shrank'} by {abs(grown):,}"
    if report.baselined:
        yield f"{len(report.baselined):,} in the baseline" + (f", which {changed}" if grown else "")
    elif grown:
        yield f"the baseline {changed}"


def _against(report: Report) -> Iterator[str]:
    """What is told of the state that this one is compared with."""
    if report.delta is None:
        return
    yield f"new since {report.delta.base}"
    if report.delta.older:
        yield f"{len(report.delta.older):,} older"
    if report.delta.gone:
        yield f"{report.delta.gone:,} gone"


def _joined(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0]
