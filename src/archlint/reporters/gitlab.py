"""The code quality report of GitLab, as the widget of a merge request reads it.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import Any, Final

from archlint.finding import Finding, Severity
from archlint.report import Report
from archlint.reporters.json import dump
from archlint.reporters.surroundings import Surroundings

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report, around: Surroundings) -> str:
    """A JSON list of the findings."""
    seen: Counter[tuple[str, str]] = Counter()
    return dump([_issue(finding, around.prefix, seen) for finding in report.findings])


def _issue(finding: Finding, prefix: str, seen: Counter[tuple[str, str]]) -> dict[str, Any]:
    path = f"{prefix}{finding.location.path}"
    seen[path, finding.fingerprint] += 1
    return {
        "type": "issue",
        "check_name": finding.rule,
        "description": finding.message,
        "categories": ["Bug Risk"],
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": _fingerprint(finding, path, seen[path, finding.fingerprint]),
        "location": {
            "path": path,
            "lines": {"begin": finding.location.line, "end": finding.location.end_line},
        },
        "content": {"body": finding.hint},
    }


def _fingerprint(finding: Finding, path: str, count: int) -> str:
    """Different for each finding: of those that have one fingerprint, GitLab shows the first alone."""
    key = "\0".join((finding.fingerprint, path, str(count)))
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
