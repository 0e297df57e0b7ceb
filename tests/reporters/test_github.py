"""The workflow commands of GitHub, as its runner reads them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from archlint.finding import Location, Severity
from archlint.report import Report
from archlint.reporters import Surroundings, reporter

from .reports import ADOPTED, HOSTED, LONG, LOOKUP, REPORT

_COMMAND = re.compile(r"::(?P<name>[a-z]+) (?P<properties>[^:\r\n]*)::(?P<data>[^\r\n]*)")


def unescaped(text: str) -> str:
    for sign in "\r\n:,":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text.replace("%25", "%")


def commands(report: Report, around: Surroundings | None = None):
    """What the runner makes of the text: command, properties, message."""
    text = reporter("github")(report, around or Surroundings())
    assert text.endswith("\n")
    for line in text[:-1].split("\n"):
        found = _COMMAND.fullmatch(line)
        assert found, line
        pairs = (each.partition("=") for each in found["properties"].split(","))
        properties = {name: unescaped(value) for name, _, value in pairs}
        yield found["name"], properties, unescaped(found["data"])


def test_the_worst_come_first():
    assert [name for name, _, _ in commands(REPORT)] == ["error", "error", "warning", "notice"]


def test_a_finding():
    _, (name, properties, message), *_ = commands(REPORT)
    assert name == "error"
    assert properties == {
        "title": "archlint (django/unknown-lookup)",
        "file": "shop/views.py",
        "line": "4",
        "endLine": "4",
        "col": "30",
        "endColumn": "37",
    }
    assert message.split("\n")[:3] == [
        "`Order` has no field `custmer`",
        "hint: did you mean `customer`?",
        "because: the shop says customer",
    ]


def test_columns_are_told_within_one_line_only():
    ((_, properties, _),) = commands(Report(REPORT.root, 1, (LONG,)))
    assert (properties["line"], properties["endLine"]) == ("4", "6")
    assert "col" not in properties


def test_signs_that_mean_something_to_the_runner():
    odd = replace(
        LOOKUP, location=Location("a,b:c%0A\r\n.py", 1, 1, 1, 2), message="50%\r\n::error::no", hint="a,b:c"
    )
    ((_, properties, message),) = commands(Report(REPORT.root, 1, (odd,)))
    assert properties["file"] == "a,b:c%0A\r\n.py"
    assert message.startswith("50%\r\n::error::no\nhint: a,b:c\n")


def test_files_are_named_from_the_top_of_the_repository():
    assert all(
        each["file"].startswith("backend/") for _, each, _ in commands(ADOPTED, HOSTED) if "file" in each
    )


def test_a_rule_that_failed():
    assert (
        "error",
        {"title": "archlint"},
        "rule web/slow-handler failed: ValueError: 3 < 4 & more",
    ) in commands(ADOPTED)


def test_nothing():
    assert reporter("github")(Report(REPORT.root, 3, ()), Surroundings()) == ""
    assert {each.severity for each in REPORT.findings} == set(Severity)
