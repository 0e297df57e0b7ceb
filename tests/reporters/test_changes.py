"""What a change does to the structure, in the formats that programs read."""

from __future__ import annotations

import json

import pytest
from junitparser import JUnitXml
from msgspec.structs import replace

from archlint.delta import Cycle, Delta, LayerEdge, ModelChange, RouteChange, Spot
from archlint.reporters import FORMATS, Surroundings, reporter

from .reports import ADOPTED
from .schemas import gitlab, junit, sarif

DELTA = Delta(
    "main (1a2b3c4)",
    edges=(LayerEdge("models", "views", Spot("shop/models.py", 3)),),
    cycles=(Cycle(("shop.models", "shop.views"), Spot("shop/models.py", 3)),),
    routes_added=(RouteChange("/orders/<int:pk>", ("GET",), "shop.views.order", Spot("shop/urls.py", 9)),),
    routes_removed=(RouteChange("/old", (), "", Spot("shop/gone.py", 4)),),
    models=(ModelChange("shop.models.Order", ("adds a,b",), "shop/migrations", Spot("shop/models.py", 7)),),
)
CHANGED = replace(ADOPTED, delta=DELTA)
STILL = replace(ADOPTED, delta=Delta("main (1a2b3c4)"))
AROUND = Surroundings(prefix="back end/")


def shown(name, report=CHANGED):
    return reporter(name)(report, AROUND)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_it(name):
    text = shown(name)
    assert "views" in text.removeprefix(shown(name, ADOPTED))
    assert text != shown(name, ADOPTED)
    for each in ("/orders/", "/old", "shop.models.Order"):
        assert each in text or (name, each) == ("gitlab", "/old")


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("json", "sarif")])
def test_nothing_is_told_of_a_structure_that_stays(name):
    assert shown(name, STILL).replace(", new since main (1a2b3c4)", "") == shown(name, ADOPTED)


def test_sarif_has_it_beside_the_results():
    run = sarif(shown("sarif"))
    assert len(run["results"]) == len(sarif(shown("sarif", ADOPTED))["results"])
    assert run["properties"]["change"] == json.loads(shown("json"))["change"]
    edge, *_, gone, model = run["invocations"][0]["toolExecutionNotifications"][-5:]
    assert edge["message"]["text"] == "New between layers: `models` imports `views`"
    (place,) = edge["locations"]
    where = place["physicalLocation"]
    assert where["region"]["startLine"] == 3
    uri = run["artifacts"][where["artifactLocation"]["index"]]["location"]["uri"]
    assert uri == "back%20end/shop/models.py"
    assert "locations" not in gone
    assert model["level"] == "note"


def test_junit_tells_it_in_a_case_that_passes():
    suites = {suite.name: suite for suite in JUnitXml.fromstring(junit(shown("junit")).encode())}
    (case,) = suites["change"]
    assert case.is_passed
    assert "Routes removed: any method `/old`" in case.system_out


def test_gitlab_tells_what_has_a_place_for_information():
    issues = gitlab(shown("gitlab"))[len(ADOPTED.findings) :]
    assert {each["severity"] for each in issues} == {"info"}
    assert [each["location"]["lines"]["begin"] for each in issues] == [3, 3, 9, 7]
    assert issues[0]["location"]["path"] == "back end/shop/models.py"


def test_github_annotates_it():
    *_, cycle, route, gone, model = shown("github").splitlines()
    assert route.startswith("::notice title=archlint (routes added),file=back end/shop/urls.py,line=9::GET")
    assert gone.startswith("::notice title=archlint (routes removed)::any method")
    assert cycle.count("::") == 2
    assert "`shop.views`" in cycle
    assert model.endswith("`shop/migrations`")


def test_json_lines_end_with_it():
    *findings, last = map(json.loads, shown("json-lines").splitlines())
    assert len(findings) == len(ADOPTED.findings)
    assert last == {"change": json.loads(shown("json"))["change"]}
