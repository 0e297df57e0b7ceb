"""The code quality report of GitLab, as the widget of a merge request reads it.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Final

from archlint.finding import Finding, Severity
from archlint.report import Report
from archlint.reporters.changes import items
from archlint.reporters.json import dump
from archlint.reporters.lapsed import PRUNE, gone
from archlint.reporters.surroundings import Surroundings

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report, around: Surroundings) -> str:
    """A JSON list of the findings, and of what else a merge request should show."""
    seen: Counter[tuple[str, str]] = Counter()
    findings = [_issue(finding, around.prefix, seen) for finding in report.findings]
    return dump([*findings, *_stale(report, around.prefix), *_changes(report, around.prefix)])


def _issue(finding: Finding, prefix: str, seen: Counter[tuple[str, str]]) -> dict[str, Any]:
    path = f"{prefix}{finding.location.path}"
    seen[path, finding.fingerprint] += 1
    # Different for each finding: of those that have one fingerprint, GitLab shows the first alone.
    known_by = _digest(finding.fingerprint, path, str(seen[path, finding.fingerprint]))
    lines = (finding.location.line, finding.location.end_line)
    level = _SEVERITIES[finding.severity]
    return _entry(finding.rule, level, finding.message, finding.hint, known_by, path, lines)


def _stale(report: Report, prefix: str) -> Iterator[dict[str, Any]]:
    """What the run fails for besides findings, at the files where it was found once."""
    lapsed = report.stale if report.is_behind else ()
    for number, each in enumerate(lapsed):
        known_by = _digest("baseline", prefix, each.rule, each.path, each.symbol, str(number))
        path = f"{prefix}{each.path}"
        yield _entry("baseline", "major", gone(each), PRUNE, known_by, path, (1, 1))


def _changes(report: Report, prefix: str) -> Iterator[dict[str, Any]]:
    """What the change does to the structure. What is gone has no place, which an issue cannot do without."""
    for each in items(report.delta):
        if not each.spot.path:
            continue
        path, line = f"{prefix}{each.spot.path}", max(each.spot.line, 1)
        known_by = _digest("change", each.title, each.text, path)
        text = f"{each.title}: {each.text}"
        yield _entry("change", "info", text, "told, not judged", known_by, path, (line, line))


def _entry(
    rule: str, level: str, message: str, hint: str, known_by: str, path: str, lines: tuple[int, int]
) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": rule,
        "description": message,
        "categories": ["Bug Risk"],
        "severity": level,
        "fingerprint": known_by,
        "location": {"path": path, "lines": {"begin": lines[0], "end": lines[1]}},
        "content": {"body": hint},
    }


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
