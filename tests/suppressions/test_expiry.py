"""The last day of a suppression."""

from __future__ import annotations

import pytest

from archlint.finding import Finding, Location, Severity
from archlint.suppressions import apply, parse
from archlint.suppressions.application import REPORTS

RULE = "web/slow"


def parsed(reason: str):
    (suppression,) = parse(f"a  # archlint: ignore[{RULE}] -- {reason}\n".encode())
    return suppression


def applied(reason: str, today: str):
    found = [Finding(RULE, Severity.ERROR, Location("a.py", 1, 1, 1, 2), "it is slow", "mend it")]
    return apply(found, {"a.py": (parsed(reason),)}, (RULE, *REPORTS), (RULE, *REPORTS), today)


@pytest.mark.parametrize(
    ("text", "reason", "day"),
    [
        ("later, expires: 2027-01-31", "later", "2027-01-31"),
        ("expires: 2027-01-31", "", "2027-01-31"),
        ("later (expires: 2027-01-31)", "later", "2027-01-31"),
        ("later; Expires=2027-01-31.", "later", "2027-01-31"),
        ("later, expires on 2027-01-31", "later", "2027-01-31"),
        ("expires: 2027-01-31, see #12", "see #12", "2027-01-31"),
        ("(see #12)", "(see #12)", ""),
        ("the token expires after an hour", "the token expires after an hour", ""),
    ],
)
def test_reading(text, reason, day):
    suppression = parsed(text)
    assert (suppression.reason, suppression.expires, suppression.fault) == (reason, day, "")


@pytest.mark.parametrize("day", ["soon", "31.1.2027", "2027-1-31", "2027-02-30", "20270131", ""])
def test_what_is_no_day_suppresses_nothing(day):
    result = applied(f"later, expires: {day}", "2026-01-01")
    assert len(result.active) == 1
    (report,) = result.reports
    assert f"`{day}` is not a date, write `expires: 2027-01-31`" in report.message


@pytest.mark.parametrize("today", ["", "2026-12-31", "2027-01-31"])
def test_up_to_its_last_day_it_holds(today):
    result = applied("later, expires: 2027-01-31", today)
    assert (result.active, result.reports) == ((), ())
    assert [each.reason for each in result.suppressed] == ["later"]


def test_afterwards_the_finding_is_back_and_the_comment_reported():
    result = applied("later, expires: 2027-01-31", "2027-02-01")
    assert [each.rule for each in result.active] == [RULE]
    assert [each.message for each in result.reports] == [
        "this suppression does nothing: it has expired on 2027-01-31"
    ]
