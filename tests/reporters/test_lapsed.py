"""Entries of the baseline that accept nothing any more, in the formats that tell them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from archlint.report import Lapsed
from archlint.reporters import FORMATS, Surroundings, reporter

from .reports import ADOPTED
from .schemas import sarif

LAPSED = replace(
    ADOPTED,
    stale=(Lapsed("layers/upward-import", "shop/gone.py", "Order.total", 2),),
    expired=(Lapsed("django/long-query", "shop/views.py", "", 1, "2026-01-31"),),
)
STALE = "the baseline lists 2 findings no longer there"
EXPIRED = "the day up to which the baseline accepts 1 finding is over"


def shown(name, report=LAPSED):
    return reporter(name)(report, Surroundings())


def test_json_lists_them():
    assert json.loads(shown("json"))["baseline"] == {
        "path": "archlint-baseline.json",
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


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"json", "markdown", "github", "sarif"}))
def test_the_other_formats_tell_findings_alone(name):
    assert shown(name) == shown(name, ADOPTED)
