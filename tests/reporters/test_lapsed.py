"""Entries of the baseline that accept nothing any more, in the formats that tell them."""

from __future__ import annotations

import json

import pytest
from junitparser import JUnitXml
from msgspec.structs import replace

from archlint.report import Lapsed
from archlint.reporters import Surroundings, reporter

from .reports import ADOPTED
from .schemas import gitlab, junit, sarif

LAPSED = replace(
    ADOPTED,
    stale=(Lapsed("layers/upward-import", "shop/gone.py", "Order.total", 2),),
    expired=(Lapsed("django/long-query", "shop/views.py", "", 1, "2026-01-31"),),
)
STRICT = replace(LAPSED, is_strict=True)
STALE = "the baseline lists 2 findings no longer found"
EXPIRED = "the day until which the baseline accepts 1 finding is past"


def shown(name, report=LAPSED):
    return reporter(name)(report, Surroundings())


def test_json_lists_them():
    assert json.loads(shown("json"))["baseline"] == {
        "path": "archlint-baseline.json",
        "strict": False,
        "stale": [
            {
                "rule": "layers/upward-import",
                "path": "shop/gone.py",
                "symbol": "Order.total",
                "count": 2,
                "expires": None,
            }
        ],
        "expired": [
            {
                "rule": "django/long-query",
                "path": "shop/views.py",
                "symbol": "",
                "count": 1,
                "expires": "2026-01-31",
            }
        ],
    }


def test_json_says_nothing_of_a_baseline_that_is_not_there():
    assert "baseline" not in json.loads(shown("json", replace(ADOPTED, baseline="")))


@pytest.mark.parametrize("name", ["markdown", "github"])
def test_people_who_review_are_told(name):
    assert STALE in shown(name)
    assert EXPIRED in shown(name)
    assert STALE not in shown(name, ADOPTED)


def test_sarif_has_them_among_its_notifications():
    (invocation,) = sarif(shown("sarif"))["invocations"]
    told = [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    assert [text.partition(";")[0] for text in told[-2:]] == [STALE, EXPIRED]


def test_json_lines_end_with_it():
    *findings, last = map(json.loads, shown("json-lines").splitlines())
    assert [each["rule"] for each in findings] == [each.rule for each in ADOPTED.findings]
    assert last == {"baseline": json.loads(shown("json"))["baseline"]}


def test_a_strict_run_tells_what_it_fails_for():
    assert "::error title=archlint::the baseline lists 2" in shown("github", STRICT)
    assert "> ❌ the baseline lists 2" in shown("markdown", STRICT)
    assert json.loads(shown("json", STRICT))["baseline"]["strict"] is True
    (invocation,) = sarif(shown("sarif", STRICT))["invocations"]
    levels = {
        each["message"]["text"].partition(";")[0]: each["level"]
        for each in invocation["toolExecutionNotifications"]
    }
    assert (levels[STALE], levels[EXPIRED]) == ("error", "note")


def test_junit_fails_for_it_in_a_strict_run_alone():
    skipped = {suite.name: suite for suite in JUnitXml.fromstring(junit(shown("junit")).encode())}["baseline"]
    assert (skipped.tests, skipped.failures, skipped.skipped) == (1, 0, 1)
    text = junit(shown("junit", STRICT)).encode()
    failed = {suite.name: suite for suite in JUnitXml.fromstring(text)}["baseline"]
    assert (failed.tests, failed.failures, failed.skipped) == (1, 1, 0)
    (case,) = failed
    assert case.name == "shop/gone.py: layers/upward-import in Order.total"
    assert "archlint baseline prune" in case.result[0].text
    assert JUnitXml.fromstring(text).failures == len(ADOPTED.findings) + 1


def test_gitlab_shows_it_in_a_strict_run():
    assert shown("gitlab") == shown("gitlab", ADOPTED)
    twice = replace(STRICT, stale=STRICT.stale * 2)
    issues = gitlab(shown("gitlab", twice))[len(ADOPTED.findings) :]
    assert [(each["check_name"], each["severity"]) for each in issues] == [("baseline", "major")] * 2
    assert issues[0]["location"]["path"] == "shop/gone.py"


@pytest.mark.parametrize("name", ["full", "concise", "grouped"])
def test_what_is_read_in_a_terminal_tells_findings_alone(name):
    assert shown(name) == shown(name, ADOPTED)  # standard error tells the rest
