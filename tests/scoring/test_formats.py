"""What a score looks like."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from archlint.finding import Finding, Location, Severity
from archlint.level import Level
from archlint.report import Report, Tally
from archlint.reporters.style import PLAIN
from archlint.scoring.change import compare
from archlint.scoring.formats import FORMATS
from archlint.scoring.levels import by_level
from archlint.scoring.score import Score
from archlint.scoring.standing import Standing

TALLIES = {"imports/unresolved": Tally(kept=1990, broken=5, unknown=5), "orm/x": Tally(kept=2, unknown=2)}
EARLIER = {"imports/unresolved": Tally(kept=1980, broken=10, unknown=10), "old/x": Tally(kept=1)}
NOW = Score.of(TALLIES)
BROKEN = tuple(
    Finding(rule, Severity.ERROR, Location(path, 1, 1, 1, 2), "message", "hint")
    for rule, path in (("imports/unresolved", "a.py"), ("orm/x", "a.py"), ("orm/x", "b.py"))
)
REPORT = Report(Path(), 8, BROKEN, tallies=TALLIES)
PLAINLY = Standing(NOW)
WHOLE = Standing(
    NOW,
    by_level(REPORT, {"imports/unresolved": Level.NONE, "orm/x": Level.ORM}),
    compare(Score.of(EARLIER), NOW, "main"),
)


def test_text():
    assert FORMATS["text"](PLAINLY, PLAIN) == (
        "pack     examined   kept  broken  unknown  share kept\n"
        "imports     2,000  1,990       5        5      99.5 %\n"
        "orm             4      2       0        2      50.0 %\n"
        "total       2,004  1,992       5        7      99.4 %\n"
        "\n"
        "99.4 % of 2,004 places are known to be kept; 99.6 % could be resolved.\n"
    )


def test_text_with_levels_and_change():
    assert FORMATS["text"](WHOLE, PLAIN).splitlines() == [
        "pack     examined   kept  broken  unknown  share kept  points since main  more broken",
        "imports     2,000  1,990       5        5      99.5 %              +0.50           -5",
        "old             0      0       0        0           -                  -           ±0",
        "orm             4      2       0        2      50.0 %                  -           ±0",
        "total       2,004  1,992       5        7      99.4 %              +0.40           -5",
        "",
        "level                  rules  examined   kept  broken  unknown  share kept  clean files   decay",
        "L0 nothing prescribed      1     2,000  1,990       5        5      99.5 %       87.5 %       -",
        "L1 architecture            0     2,000  1,990       5        5      99.5 %       87.5 %      ±0",
        "L2 plus database           0     2,000  1,990       5        5      99.5 %       87.5 %      ±0",
        "L3 plus ORM                1     2,004  1,992       5        7      99.4 %       75.0 %  -12.50",
        "",
        "99.4 % of 2,004 places are known to be kept; 99.6 % could be resolved.",
    ]


def test_markdown():
    lines = FORMATS["markdown"](PLAINLY, PLAIN).splitlines()
    assert lines[:3] == [
        "| pack | examined | kept | broken | unknown | share kept |",
        "| :-- | --: | --: | --: | --: | --: |",
        "| imports | 2,000 | 1,990 | 5 | 5 | 99.5 % |",
    ]
    assert lines[4] == "| **total** | **2,004** | **1,992** | **5** | **7** | **99.4 %** |"


def test_a_reference_cannot_break_the_markdown():
    standing = Standing(NOW, (), compare(NOW, NOW, "a|b"))
    assert "| points since a\\|b |" in FORMATS["markdown"](standing, PLAIN)


def test_json():
    told = json.loads(FORMATS["json"](WHOLE, PLAIN))
    assert told["version"] == 1
    assert told["packs"]["orm"] == {
        "examined": 4,
        "kept": 2,
        "broken": 0,
        "unknown": 2,
        "share_kept": 0.5,
        "share_resolved": 0.5,
    }
    assert [(each["level"], each["name"], each["rules"]) for each in told["levels"]] == [
        (0, "none", 1),
        (1, "architecture", 0),
        (2, "database", 0),
        (3, "orm", 1),
    ]
    assert [each["clean_files"] for each in told["levels"]] == [7, 7, 7, 6]
    assert told["change"]["since"] == "main"
    assert told["change"]["packs"]["imports"]["broken"] == -5
    assert told["change"]["packs"]["old"]["share_kept"] is None
    assert not {"levels", "change"} & set(json.loads(FORMATS["json"](PLAINLY, PLAIN)))


@pytest.mark.parametrize(
    ("tally", "words", "colour"),
    [
        (Tally(), "nothing to score", "#9e9e9e"),
        (Tally(kept=99, broken=1), "99.0 % kept", "#2e7d32"),
        (Tally(kept=98, unknown=2), "98.0 % kept", "#7cb342"),
        (Tally(kept=1, broken=2), "33.3 % kept", "#c62828"),
    ],
)
def test_the_badge(tally, words, colour):
    image = ElementTree.fromstring(FORMATS["svg"](Standing(Score.of({"a/x": tally})), PLAIN))
    assert image.tag == "{http://www.w3.org/2000/svg}svg"
    assert image.get("aria-label") == f"architecture: {words}"
    texts = [each.text for each in image.iter() if each.tag.endswith("}text")]
    assert texts == ["architecture", words]
    assert colour in {each.get("fill") for each in image.iter()}
