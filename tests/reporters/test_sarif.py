"""SARIF: by the schema, by what the specification says beyond it, and by what is in it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from archlint.finding import Severity
from archlint.report import Report
from archlint.reporters import Surroundings, reporter
from archlint.reporters.sarif.places import uri

from .reports import ADOPTED, HOSTED, LONG, LOOKUP, REPORT, TEXT, WAY, WIDE, lines
from .schemas import sarif


def run_of(report: Report = ADOPTED, around: Surroundings = HOSTED):
    return sarif(reporter("sarif")(report, around))


@pytest.mark.parametrize(
    "report", [REPORT, ADOPTED, Report(ADOPTED.root, 0, ())], ids=["report", "adopted", "empty"]
)
def test_it_keeps_to_the_schema(report):
    assert run_of(report)["tool"]["driver"]["name"] == "archlint"
    assert run_of(report, Surroundings(lines))["columnKind"] == "unicodeCodePoints"


def test_the_rules_come_along():
    run = run_of()
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [
        "django/long-query",
        "django/unknown-lookup",
        "layers/restricted-use",
        "layers/upward-import",
        "web/quiet",
        "web/slow-handler",
    ]
    upward = rules[3]
    assert upward["shortDescription"]["text"] == "Imports from a lower layer into a higher one."
    assert upward["fullDescription"]["text"] == "A layer may rely only on the layers below it."
    assert upward["help"]["markdown"] == TEXT
    assert upward["defaultConfiguration"] == {"level": "warning"}
    assert [rule["helpUri"] for rule in rules if "helpUri" in rule] == [
        f"https://archlint.dev/rules/{name}"
        for name in (
            "django/long-query",
            "django/unknown-lookup",
            "layers/restricted-use",
            "layers/upward-import",
        )
    ]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])


def test_what_became_of_each_finding():
    told = [
        (each["partialFingerprints"], each["baselineState"], each["suppressions"])
        for each in run_of()["results"]
    ]
    accepted = {"kind": "external", "status": "accepted"}
    assert told == [
        ({"archlint/v1": WAY.fingerprint}, "new", []),
        (
            {"archlint/v1": LONG.fingerprint},
            "unchanged",
            [{**accepted, "justification": "older than the rule"}],
        ),
        ({"archlint/v1": LONG.fingerprint}, "unchanged", [accepted]),
        ({"archlint/v1": LOOKUP.fingerprint}, "new", []),
        (
            {"archlint/v1": WIDE.fingerprint},
            "new",
            [{"kind": "inSource", "status": "accepted", "justification": "moves in May"}],
        ),
    ]


def test_without_a_baseline_no_state_is_told_but_whether_it_is_suppressed():
    results = run_of(REPORT)["results"]
    assert len(results) == 6
    assert all("baselineState" not in each for each in results)
    assert [bool(each["suppressions"]) for each in results].count(True) == 2


def test_places_and_columns():
    way = run_of()["results"][0]
    (location,) = way["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "backend/shop/a%20b%231.py", "uriBaseId": "SRCROOT", "index": 0},
        "region": {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 12},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": "Order.total"}]
    assert [each["message"]["text"] for each in way["relatedLocations"]] == [
        each.message for each in WAY.related
    ]


def test_a_chain_is_a_flow_that_starts_at_the_finding():
    results = run_of()["results"]
    ((flow,),) = [each["threadFlows"] for each in results[0]["codeFlows"]]
    messages = [each["location"]["message"]["text"] for each in flow["locations"]]
    assert messages == [WAY.message, *(each.message for each in WAY.related)]
    assert "codeFlows" not in next(each for each in results if each["ruleId"] == LOOKUP.rule)


def test_a_value_flows_to_the_finding():
    from msgspec.structs import replace

    from archlint.finding import Course

    finding = replace(WAY, course=Course.TO_HERE)
    (result,) = run_of(Report(ADOPTED.root, 1, (finding,)))["results"]
    (flow,) = result["codeFlows"][0]["threadFlows"]
    assert flow["locations"][-1]["location"]["message"]["text"] == WAY.message


def test_every_file_is_listed_once():
    run = run_of()
    artifacts = [each["location"]["uri"] for each in run["artifacts"]]
    assert artifacts == ["backend/shop/a%20b%231.py", "backend/shop/views.py", "backend/shop/models.py"]

    def indices(value):
        if isinstance(value, dict):
            if "uriBaseId" in value:
                yield value["uri"], value["index"]
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                yield from indices(each)

    found = list(indices(run["results"]))
    assert len(found) > 8
    assert all(artifacts[index] == address for address, index in found)


def test_a_fix():
    lookup = next(each for each in run_of()["results"] if each["ruleId"] == LOOKUP.rule)
    ((change,),) = [fix["artifactChanges"] for fix in lookup["fixes"]]
    assert change["artifactLocation"]["uri"] == "backend/shop/views.py"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 4, "startColumn": 30, "endLine": 4, "endColumn": 37},
            "insertedContent": {"text": "customer"},
        }
    ]


def test_a_rule_that_failed_is_told():
    (invocation,) = run_of()["invocations"]
    assert invocation["executionSuccessful"] is False
    failed, noticed = invocation["toolExecutionNotifications"]
    assert failed["associatedRule"] == {"id": "web/slow-handler", "index": 5}
    assert failed["exception"] == {"kind": "ValueError", "message": "3 < 4 & more"}
    assert noticed == {"level": "warning", "message": {"text": "the cache is not used"}}
    (sound,) = run_of(REPORT)["invocations"]
    assert sound["executionSuccessful"] is True


def test_levels_are_those_of_the_configuration():
    levels = {each["ruleId"]: each["level"] for each in run_of(REPORT)["results"]}
    assert levels["django/long-query"] == "note"
    assert levels["codebase/missing-file"] == Severity.ERROR.value


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("a b#1?.py", "a%20b%231%3F.py"),
        ("日本/é.py", "%E6%97%A5%E6%9C%AC/%C3%A9.py"),
        ("100%.py", "100%25.py"),
        ("c:x.py", "c%3Ax.py"),
        ("odd\udcff.py", "odd%FF.py"),
    ],
)
def test_addresses(path, address):
    assert uri(path) == address
    assert unquote(address, errors="surrogateescape") == path
