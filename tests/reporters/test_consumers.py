"""JUnit and GitLab, by their schemas and by programs that read them."""

from __future__ import annotations

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from msgspec.structs import replace

from archlint.report import Report
from archlint.reporters import Surroundings, reporter

from .reports import ADOPTED, HOSTED, LOOKUP, REPORT, lines
from .schemas import gitlab, junit

EMPTY = Report(REPORT.root, 3, ())


def suites(report: Report):
    text = junit(reporter("junit")(report, HOSTED))
    return {suite.name: suite for suite in JUnitXml.fromstring(text.encode("utf-8"))}


def test_junit_is_read():
    found = suites(ADOPTED)
    assert {name: (s.tests, s.failures, s.errors, s.skipped) for name, s in found.items()} == {
        "django/long-query": (2, 0, 0, 2),
        "django/unknown-lookup": (1, 1, 0, 0),
        "layers/restricted-use": (1, 0, 0, 1),
        "layers/upward-import": (1, 1, 0, 0),
        "web/quiet": (1, 0, 0, 0),
        "web/slow-handler": (1, 0, 1, 0),
    }
    (case,) = found["django/unknown-lookup"]
    assert (case.classname, case.name) == (LOOKUP.rule, f"shop/views.py: {LOOKUP.message}")
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert (failure.message, failure.type) == (LOOKUP.message, "error")
    assert failure.text.startswith("shop/views.py:4:30: error: ")
    (error,) = next(iter(found["web/slow-handler"])).result
    assert isinstance(error, Error)
    assert error.text == "Traceback:\n  \\x1b[1mno\\x00"
    reasons = [each.message for case in found["django/long-query"] for each in case.result]
    assert reasons == ["in the baseline: older than the rule", "in the baseline"]
    assert isinstance(next(iter(found["layers/restricted-use"])).result[0], Skipped)


def test_the_totals_of_junit():
    root = JUnitXml.fromstring(reporter("junit")(ADOPTED, HOSTED).encode("utf-8"))
    assert (root.tests, root.failures, root.errors) == (7, 2, 1)
    root.update_statistics()  # counts by itself
    assert (root.tests, root.failures, root.errors) == (7, 2, 1)


def test_cases_of_one_name_are_numbered():
    (suite,) = suites(replace(EMPTY, findings=(LOOKUP, LOOKUP, LOOKUP))).values()
    assert [case.name.removeprefix(f"shop/views.py: {LOOKUP.message}") for case in suite] == [
        "",
        " (2)",
        " (3)",
    ]


@pytest.mark.parametrize("report", [REPORT, ADOPTED, EMPTY], ids=["report", "adopted", "empty"])
def test_gitlab_keeps_to_the_schema(report):
    issues = gitlab(reporter("gitlab")(report, Surroundings(lines)))
    assert len(issues) == len(report.findings)


def test_a_gitlab_issue():
    issue = gitlab(reporter("gitlab")(ADOPTED, HOSTED))[1]
    assert issue["location"] == {"path": "backend/shop/views.py", "lines": {"begin": 4, "end": 4}}
    assert (issue["check_name"], issue["severity"], issue["description"]) == (
        LOOKUP.rule,
        "major",
        LOOKUP.message,
    )


def test_gitlab_shows_equal_findings_each():
    twice = replace(EMPTY, findings=(LOOKUP, replace(LOOKUP, message="the same again")))
    first, second = gitlab(reporter("gitlab")(twice, HOSTED))
    (alone,) = gitlab(reporter("gitlab")(replace(EMPTY, findings=(LOOKUP,)), HOSTED))
    assert first["fingerprint"] == alone["fingerprint"] != second["fingerprint"]
