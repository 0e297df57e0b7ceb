"""What each format looks like, to the letter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from archlint import __version__
from archlint.finding import Location
from archlint.report import Report
from archlint.reporters import FOR_PEOPLE, FORMATS, Surroundings, reporter
from archlint.reporters.statistics import statistics
from archlint.reporters.style import PLAIN, Style

from .reports import LOOKUP, REPORT, lines

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", FORMATS)
def test_format(name):
    rendered = reporter(name)(REPORT, Surroundings(lines))
    assert rendered == (HERE / "expected" / f"{name}.txt").read_text("utf-8").replace(
        "<VERSION>", __version__
    )


@pytest.mark.parametrize("name", FORMATS)
def test_format_in_colour(name):
    rendered = reporter(name)(REPORT, Surroundings(lines, Style(True))).replace("\x1b", "<ESC>")
    suffix = ".colour" if name in FOR_PEOPLE else ""  # programs read no colours
    expected = (HERE / "expected" / f"{name}{suffix}.txt").read_text("utf-8")
    assert rendered == expected.replace("<VERSION>", __version__)


@pytest.mark.parametrize("colour", [False, True])
def test_colours_only_add(colour):
    """Without its sequences the coloured text is the plain one."""
    import re

    coloured = reporter("full")(REPORT, Surroundings(lines, Style(True)))
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == reporter("full")(REPORT, Surroundings(lines))


def test_statistics():
    assert statistics(REPORT, PLAIN).splitlines() == [
        "rule                   examined   kept  broken  unknown",
        "django/unknown-lookup     1,203  1,200       1        2",
        "layers/restricted-use         1      0       1        0",
        "web/slow-handler              0      0       0        0",
    ]


def test_statistics_of_nothing():
    assert statistics(Report(Path(), 0, ()), PLAIN) == "rule  examined  kept  broken  unknown\n"


def hostile(path: str) -> Report:
    finding = replace(LOOKUP, location=Location(path, 1, 5, 1, 8), message="\x1b[2J\u202eno", related=())
    return Report(Path(), 1, (finding,))


@pytest.mark.parametrize("name", sorted(FOR_PEOPLE))
def test_nothing_reaches_the_terminal_that_it_would_obey(name):
    around = Surroundings(lambda path: ["a\x1b[31m = \u202e1\x07"])
    rendered = reporter(name)(hostile("a\n\x1b\udcff.py"), around)
    assert all(each.isprintable() or each == "\n" for each in rendered)
    assert r"a\n\x1b\udcff.py:" in rendered


def test_a_mark_stands_right_under_spelt_out_characters():
    rendered = reporter("full")(hostile("a.py"), Surroundings(lambda path: ["\x1b = xyz"]))
    assert rendered.splitlines()[1:3] == [r"1 | \x1b = xyz", "  |        ^^^"]


def test_json_is_read_by_strict_readers():
    text = reporter("json")(hostile("a\udcff.py"), Surroundings())
    assert json.loads(text.encode("utf-8"))["findings"][0]["path"] == "a\ufffd.py"
