"""SARIF 2.1.0, the exchange format of static analysis.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from typing import Any, Final

from archlint import __version__
from archlint.report import Report
from archlint.reporters.json import dump
from archlint.reporters.lapsed import sentences
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
        "invocations": [_invocation(report, numbers)],
        "results": result_objects(report, numbers, places),
    }
    run["artifacts"] = places.artifacts()
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(report: Report, numbers: dict[str, int]) -> dict[str, Any]:
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
            *({"level": "note", "message": {"text": each}} for each in sentences(report)),
        ],
    }


def _exception(error: str) -> dict[str, str]:
    kind, _, message = error.partition(": ")
    return {"kind": kind, "message": message}
