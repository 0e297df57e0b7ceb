"""Whatever is in a finding, every format stays what it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml

from archlint.finding import Accepted, Course, Edit, Finding, Fix, Location, Related, Severity
from archlint.report import Report, RuleFailure
from archlint.reporters import FORMATS, Surroundings, reporter

from .schemas import gitlab, junit, sarif
from .test_github import commands

_ODD = st.sampled_from(
    ["\0", "\n", "\r\n", "\x1b[1m", "\u2028", "\ud800", "\udcff", "]]>", "::", "%0A", "`", "|", "<!--"]
)
WORDS = st.lists(st.one_of(st.text(st.characters(), max_size=8), _ODD), max_size=5).map("".join)
PATHS = st.lists(
    st.one_of(st.sampled_from(["a b", "c#1", "日本", "%41", "x.py"]), WORDS), min_size=1, max_size=3
).map(lambda parts: "/".join(part.replace("/", "") or "_" for part in parts))
PLACES = st.builds(
    lambda path, line, column, lines, columns: Location(path, line, column, line + lines, column + columns),
    PATHS,
    *(st.integers(1, 10**6), st.integers(1, 500), st.integers(0, 3), st.integers(0, 80)),
)
FINDINGS = st.builds(
    Finding,
    rule=st.sampled_from(["layers/upward-import", "acme/own-rule"]),
    severity=st.sampled_from(Severity),
    location=PLACES,
    message=WORDS,
    hint=WORDS,
    because=WORDS,
    symbol=WORDS,
    fingerprint=WORDS,
    related=st.lists(st.builds(Related, PLACES, WORDS), max_size=3).map(tuple),
    fix=st.none()
    | st.builds(
        Fix, st.lists(st.builds(Edit, PLACES, WORDS), min_size=1, max_size=3).map(tuple), st.booleans()
    ),
    course=st.sampled_from(Course),
)
ACCEPTED = st.lists(st.builds(Accepted, FINDINGS, WORDS), max_size=3).map(tuple)
REPORTS = st.builds(
    Report,
    root=st.just(Path("/p")),
    files=st.integers(0, 9),
    findings=st.lists(FINDINGS, max_size=4).map(tuple),
    suppressed=ACCEPTED,
    baselined=ACCEPTED,
    baseline=st.sampled_from(["", "archlint-baseline.json"]),
    failures=st.lists(st.builds(RuleFailure, st.just("acme/own-rule"), WORDS, WORDS), max_size=2).map(tuple),
    notices=st.lists(WORDS, max_size=2).map(tuple),
)


# The first text ever drawn on a machine waits for a table of all characters.
patiently = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def of(report: Report, name: str) -> str:
    text = reporter(name)(report, Surroundings(prefix="sub/"))
    assert text == reporter(name)(report, Surroundings(prefix="sub/"))
    return text


@given(REPORTS)
@patiently
def test_sarif(report):
    run = sarif(of(report, "sarif").encode("utf-8").decode())
    assert len(run["results"]) == len(report.findings) + len(report.suppressed) + len(report.baselined)


@given(REPORTS)
@patiently
def test_json(report):
    whole = json.loads(of(report, "json").encode("utf-8"))
    lines = of(report, "json-lines").encode("utf-8").decode().splitlines()
    assert [json.loads(line) for line in lines] == whole["findings"]
    assert len(lines) == len(report.findings)


@given(REPORTS)
@patiently
def test_gitlab(report):
    assert len(gitlab(of(report, "gitlab").encode("utf-8").decode())) == len(report.findings)


@given(REPORTS)
@patiently
def test_junit(report):
    root = JUnitXml.fromstring(junit(of(report, "junit")).encode("utf-8"))
    skipped = sum(suite.skipped for suite in root)
    assert (root.failures, root.errors) == (len(report.findings), len(report.failures))
    assert skipped == len(report.suppressed) + len(report.baselined)


@given(REPORTS)
@patiently
def test_github(report):
    if not (report.findings or report.failures):
        assert of(report, "github") == ""
        return
    found = list(commands(report, Surroundings(prefix="sub/")))
    assert len(found) == len(report.findings) + len(report.failures)
    assert sorted(each["file"] for _, each, _ in found if "file" in each) == sorted(
        f"sub/{each.location.path}" for each in report.findings
    )


@given(REPORTS)
@patiently
def test_markdown(report):
    text = of(report, "markdown")
    assert text.count("\n- ") == len(report.findings)
    assert text.count("<details") == text.count("</details>")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_there(name):
    assert isinstance(of(Report(Path("/p"), 0, ()), name), str)
