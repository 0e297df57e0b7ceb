"""The published schemas, and what a report is by each."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from xmlschema import XMLSchema

_HERE = Path(__file__).parent / "published"


@cache
def _validator(name: str) -> Draft4Validator:
    return Draft4Validator(json.loads((_HERE / name).read_text("utf-8")), format_checker=FormatChecker())


@cache
def _xml() -> XMLSchema:
    return XMLSchema(_HERE / "junit-10.xsd")


def sarif(text: str) -> Any:
    """The one run of a log that keeps to the schema."""
    log = json.loads(text)
    assert [error.message for error in _validator("sarif-schema-2.1.0.json").iter_errors(log)] == []
    (run,) = log["runs"]
    return run


def gitlab(text: str) -> Any:
    """The issues of a report that keeps to the schema, and to what the documentation says beyond it."""
    issues = json.loads(text)
    for issue in issues:
        assert [error.message for error in _validator("codeclimate.json").iter_errors(issue)] == []
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith(("/", "./"))
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(set(fingerprints)) == len(fingerprints)
    return issues


def junit(text: str) -> str:
    """A report that keeps to the schema."""
    _xml().validate(text.encode("utf-8"))
    return text
