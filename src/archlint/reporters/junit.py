"""JUnit's XML, which most CI systems show as tests: a suite a rule, a failed case a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from archlint.finding import Accepted, Finding
from archlint.report import Lapsed, Report
from archlint.reporters.changes import items
from archlint.reporters.lapsed import PRUNE, gone
from archlint.reporters.links import reference
from archlint.reporters.surroundings import Surroundings
from archlint.reporters.text import plain

_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def render(report: Report, around: Surroundings) -> str:
    """A suite for each rule that ran; what is suppressed or in the baseline counts as skipped."""
    root = Element("testsuites", name="archlint")
    for rule, cases in {**_suites(report), **_besides(report)}.items():
        suite = SubElement(root, "testsuite", name=plain(rule))
        suite.extend(_named(cases))
        _count(suite, suite)
    _count(root, root)
    del root.attrib["skipped"]  # known to suites only
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suites(report: Report) -> dict[str, list[Element]]:
    suites: dict[str, list[Element]] = {rule: [] for rule in report.tallies}
    for failure in report.failures:
        case = _case(failure.rule, "runs to its end", "error", failure.error, "exception")
        case[0].text = _text(failure.traceback)
        suites.setdefault(failure.rule, []).append(case)
    for finding in report.findings:
        case = _case(finding.rule, _name(finding), "failure", finding.message, finding.severity.value)
        case[0].text = "\n".join(map(plain, _details(finding)))
        suites.setdefault(finding.rule, []).append(case)
    accepted = (
        *(_skipped(each, "suppressed") for each in report.suppressed),
        *(_skipped(each, "in the baseline") for each in report.baselined),
    )
    for rule, case in accepted:
        suites.setdefault(rule, []).append(case)
    for rule, cases in suites.items():
        if not cases:
            cases.append(Element("testcase", classname=plain(rule), name="no findings"))
    return dict(sorted(suites.items()))


def _besides(report: Report) -> dict[str, list[Element]]:
    """What is no finding of a rule: a baseline that is behind, and what a change does to the structure."""
    besides: dict[str, list[Element]] = {}
    if report.stale:
        cases = [_stale(each, report.is_strict) for each in report.stale]
        besides["baseline"] = cases
    rows = list(items(report.delta))
    if rows:
        case = Element("testcase", classname="change", name="structure")
        lines = (
            f"{each.title}: {each.text}" + (f" ({each.spot})" if each.spot.path else "") for each in rows
        )
        SubElement(case, "system-out").text = "\n".join(map(plain, lines))
        besides["change"] = [case]
    return besides


def _stale(each: Lapsed, is_strict: bool) -> Element:
    name = f"{each.path}: {each.rule}" + (f" in {each.symbol}" if each.symbol else "")
    if is_strict:
        case = _case("baseline", name, "failure", gone(each), "error")
        case[0].text = plain(f"hint: {PRUNE}")
        return case
    return _case("baseline", name, "skipped", gone(each), "in the baseline")


def _case(rule: str, name: str, outcome: str, message: str, kind: str) -> Element:
    case = Element("testcase", classname=plain(rule), name=plain(name))
    SubElement(case, outcome, type=kind, message=plain(message))
    return case


def _skipped(accepted: Accepted, why: str) -> tuple[str, Element]:
    finding = accepted.finding
    words = f"{why}: {accepted.reason}" if accepted.reason else why
    return finding.rule, _case(finding.rule, _name(finding), "skipped", words, why)


def _name(finding: Finding) -> str:
    """Without the line, so that a test keeps its name where the file around it changes."""
    return f"{finding.location.path}: {finding.message}"


def _named(cases: list[Element]) -> list[Element]:
    """The cases, those of one name numbered: readers tell them apart by it."""
    seen: Counter[str] = Counter()
    for case in cases:
        name = case.attrib["name"]
        seen[name] += 1
        if seen[name] > 1:
            case.set("name", f"{name} ({seen[name]})")
    return cases


def _details(finding: Finding) -> Iterator[str]:
    yield f"{_place(finding)}: {finding.severity.value}: {finding.message}"
    yield f"hint: {finding.hint}"
    if finding.because:
        yield f"because: {finding.because}"
    for related in finding.related:
        yield f"related: {related.location.path}:{related.location.line}: {related.message}"
    yield f"see: {reference(finding.rule)}"


def _place(finding: Finding) -> str:
    return f"{finding.location.path}:{finding.location.line}:{finding.location.column}"


def _text(words: str) -> str:
    """Several lines, without the characters that XML does not know."""
    return "\n".join(map(plain, words.splitlines()))


def _count(element: Element, within: Element) -> None:
    element.set("tests", str(len(list(within.iter("testcase")))))
    for attribute, outcome in _COUNTED.items():
        element.set(attribute, str(len(list(within.iter(outcome)))))
