"""The rules of a run as SARIF carries them along, each with its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from archlint.finding import Severity
from archlint.report import Report
from archlint.reporters.links import link
from archlint.reporters.surroundings import RuleText

LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
"""The words of SARIF."""

_PROBLEMS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "recommendation",
}
"""The words of GitHub's code scanning."""


def descriptors(report: Report, text_of: Callable[[str], RuleText | None]) -> list[dict[str, Any]]:
    """The rules that ran, and those that anything is told of, in the order of their ids."""
    accepted = (*report.suppressed, *report.baselined)
    told = {finding.rule for finding in (*report.findings, *(each.finding for each in accepted))}
    failed = {failure.rule for failure in report.failures}
    return [_descriptor(rule, text_of(rule)) for rule in sorted({*report.tallies, *told, *failed})]


def _descriptor(rule: str, text: RuleText | None) -> dict[str, Any]:
    pack, _, name = rule.partition("/")
    tags = {"tags": ["architecture", pack]}
    address = link(rule)
    descriptor = {
        "id": rule,
        "name": "".join(map(str.capitalize, name.split("-"))),
        **({"helpUri": address} if address else {}),
    }
    if text is None:
        return {**descriptor, "properties": tags}
    return {
        **descriptor,
        "shortDescription": {"text": text.summary},
        "fullDescription": {"text": _reason(text) or text.summary},
        "help": {"text": text.page, "markdown": text.page},
        "defaultConfiguration": {"level": LEVELS[text.severity]},
        "properties": {**tags, "precision": "high", "problem.severity": _PROBLEMS[text.severity]},
    }


def _reason(text: RuleText) -> str:
    """The first paragraph of the page's first section, which says why it is bad."""
    _, _, section = text.page.partition("\n## ")
    paragraph = section.partition("\n\n")[2].partition("\n\n")[0]
    return "" if paragraph.startswith(("#", "`")) else " ".join(paragraph.split())
