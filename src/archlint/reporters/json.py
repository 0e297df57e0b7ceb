"""The public, versioned interface for programs."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from archlint import __version__
from archlint.finding import Edit, Finding, Location, Related, Severity
from archlint.report import Report
from archlint.reporters import changes, lapsed
from archlint.reporters.links import link
from archlint.reporters.surroundings import Surroundings

VERSION: Final = 1
"""Raised when a reader of the last version could misread the next."""

_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def render(report: Report, around: Surroundings) -> str:
    """The whole report as one JSON object, never coloured."""
    return dump(
        {
            "version": VERSION,
            "tool": {"name": "archlint", "version": __version__},
            "summary": _summary(report),
            "findings": [record(finding) for finding in report.findings],
            "failures": [{"rule": each.rule, "error": each.error} for each in report.failures],
            **({"baseline": lapsed.record(report)} if report.baseline else {}),
            **({"change": changes.record(report.delta)} if report.delta is not None else {}),
        }
    )


def dump(value: object) -> str:
    """Indented JSON that every reader takes."""
    return readable(json.dumps(value, indent=2, ensure_ascii=False)) + "\n"


def readable(text: str) -> str:
    """The text without the lone surrogates of odd file names, which strict readers refuse."""
    return _SURROGATES.sub("\ufffd", text)


def _summary(report: Report) -> dict[str, int]:
    return {
        "files": report.files,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "notes": report.count(Severity.NOTE),
        "suppressed": len(report.suppressed),
        "baselined": len(report.baselined),
    }


def record(finding: Finding) -> dict[str, Any]:
    """A finding as programs see it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        **_range(finding.location),
        "message": finding.message,
        "hint": finding.hint,
        "related": [_related(related) for related in finding.related],
        "fix": finding.fix
        and {"safe": finding.fix.safe, "edits": [_edit(edit) for edit in finding.fix.edits]},
        "fingerprint": finding.fingerprint,
        "url": link(finding.rule) or None,
    }


def _related(related: Related) -> dict[str, Any]:
    return {"path": related.location.path, "line": related.location.line, "message": related.message}


def _edit(edit: Edit) -> dict[str, Any]:
    return {**_range(edit.location), "text": edit.text}


def _range(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }
