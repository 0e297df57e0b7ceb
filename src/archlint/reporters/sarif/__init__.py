"""SARIF 2.1.0, the exchange format of static analysis.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from typing import Any, Final

from archlint import __version__
from archlint.finding import Location
from archlint.report import Report
from archlint.reporters import changes
from archlint.reporters.json import dump
from archlint.reporters.lapsed import told
from archlint.reporters.links import HOME
from archlint.reporters.sarif.places import ROOT, Places
from archlint.reporters.sarif.results import result_objects
from archlint.reporters.sarif.rules import descriptors
from archlint.reporters.surroundings import Surroundings

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, around: Surroundings) -> str:
    """A log with one run: the rules, the findings with what has become of each, and how the run went."""
    rules = descriptors(report, around.rule_text)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    places = Places(around.prefix)
    run = {
        "tool": {
            "driver": {
                "name": "archlint",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": HOME,
                "rules": rules,
            }
        },
        "language": "en",
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        # Without an address: it would differ from machine to machine and tell the names of folders.
        "originalUriBaseIds": {ROOT: {"description": {"text": "The top of the repository."}}},
        "invocations": [_invocation(report, numbers, places)],
        "results": result_objects(report, numbers, places),
    }
    run["artifacts"] = places.artifacts()
    if report.delta is not None:
        run["properties"] = {"change": changes.record(report.delta)}
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(report: Report, numbers: dict[str, int], places: Places) -> dict[str, Any]:
    return {
        "executionSuccessful": not report.failures,
        "toolExecutionNotifications": [
            *(
                {
                    "level": "error",
                    "message": {"text": f"rule {failure.rule} failed: {failure.error}"},
                    "associatedRule": {"id": failure.rule, "index": numbers[failure.rule]},
                    "exception": _exception(failure.error),
                }
                for failure in report.failures
            ),
            *({"level": "warning", "message": {"text": notice}} for notice in report.notices),
            *(
                {"level": "error" if each.fails else "note", "message": {"text": each.sentence}}
                for each in told(report)
            ),
            *(_change(each, places) for each in changes.items(report.delta)),
        ],
    }


def _change(each: changes.Item, places: Places) -> dict[str, Any]:
    """What a change does is no result: it is neither right nor wrong."""
    text = {"level": "note", "message": {"text": f"{each.title}: {each.text}"}}
    if not each.spot.path:
        return text
    line = max(each.spot.line, 1)
    place = places.physical(Location(each.spot.path, line, 1, line, 1))
    return {**text, "locations": [{"physicalLocation": place}]}


def _exception(error: str) -> dict[str, str]:
    kind, _, message = error.partition(": ")
    return {"kind": kind, "message": message}
