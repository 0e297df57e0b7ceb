"""Findings as results of SARIF: those reported, those suppressed, and those in the baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from archlint.finding import Accepted, Course, Finding, Fix
from archlint.report import Report
from archlint.reporters.sarif.places import Places, region
from archlint.reporters.sarif.rules import LEVELS


def result_objects(report: Report, numbers: Mapping[str, int], places: Places) -> list[dict[str, Any]]:
    """All findings in the order of their places. `numbers` are those of the rules."""
    state = "new" if report.baseline or report.delta else ""
    told = [
        *((each, _result(each, [], state)) for each in report.findings),
        *((each.finding, _result(each.finding, [_suppression(each)], state)) for each in report.suppressed),
        *((each.finding, _result(each.finding, [_accepted(each)], "unchanged")) for each in report.baselined),
    ]
    told.sort(key=lambda pair: pair[0].order)
    return [
        {**result, "ruleIndex": numbers[finding.rule], **_where(finding, places)} for finding, result in told
    ]


def _result(finding: Finding, suppressions: list[dict[str, Any]], state: str) -> dict[str, Any]:
    """What a finding says. Of all results, or of none, it must be told whether they are suppressed."""
    return {
        "ruleId": finding.rule,
        "kind": "fail",
        "level": LEVELS[finding.severity],
        "message": {"text": "\n".join(_words(finding))},
        "partialFingerprints": {"archlint/v1": finding.fingerprint},
        "suppressions": suppressions,
        **({"baselineState": state} if state else {}),
        "properties": {"confidence": finding.confidence.value, "hint": finding.hint},
    }


def _words(finding: Finding) -> Iterator[str]:
    yield finding.message
    yield f"Hint: {finding.hint}"
    if finding.because:
        yield f"Because: {finding.because}"


def _suppression(accepted: Accepted) -> dict[str, Any]:
    return _justified({"kind": "inSource", "status": "accepted"}, accepted.reason)


def _accepted(accepted: Accepted) -> dict[str, Any]:
    return _justified({"kind": "external", "status": "accepted"}, accepted.reason)


def _justified(suppression: dict[str, Any], reason: str) -> dict[str, Any]:
    return {**suppression, "justification": reason} if reason else suppression


def _where(finding: Finding, places: Places) -> dict[str, Any]:
    symbol = {"logicalLocations": [{"fullyQualifiedName": finding.symbol}]} if finding.symbol else {}
    here = {"physicalLocation": places.physical(finding.location)}
    related = [{"id": number, **places.related(each)} for number, each in enumerate(finding.related, start=1)]
    found: dict[str, Any] = {"locations": [{**here, **symbol}]}
    if related:
        found["relatedLocations"] = related
    if related and finding.course is not Course.NONE:
        found["codeFlows"] = [_flow(finding, here, places)]
    if finding.fix:
        found["fixes"] = [_fix(finding.fix, finding.hint, places)]
    return found


def _flow(finding: Finding, here: dict[str, Any], places: Places) -> dict[str, Any]:
    steps = [places.related(each) for each in finding.related]
    end = {**here, "message": {"text": finding.message}}
    way = [end, *steps] if finding.course is Course.FROM_HERE else [*steps, end]
    return {"threadFlows": [{"locations": [{"location": step} for step in way]}]}


def _fix(fix: Fix, hint: str, places: Places) -> dict[str, Any]:
    edits = sorted(fix.edits, key=lambda edit: edit.location)
    return {
        "description": {"text": hint},
        "artifactChanges": [
            {
                "artifactLocation": places.artifact(changed),
                "replacements": [
                    {"deletedRegion": region(edit.location), "insertedContent": {"text": edit.text}}
                    for edit in group
                ],
            }
            for changed, group in groupby(edits, key=lambda edit: edit.location.path)
        ],
    }
