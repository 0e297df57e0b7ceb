"""Markdown for people who review: the comment on a pull request, the summary of a CI job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

from archlint.finding import Finding, Severity
from archlint.report import Report
from archlint.reporters.changes import section
from archlint.reporters.lapsed import told
from archlint.reporters.links import link
from archlint.reporters.markup import code, linked, words
from archlint.reporters.style import PLAIN
from archlint.reporters.summary import counted, summary
from archlint.reporters.surroundings import Surroundings
from archlint.reporters.text import plain

MARK: Final = "<!-- archlint -->"
"""The first line, by which a comment is found again to be replaced."""

LONGEST: Final = 60_000
"""In characters. GitHub refuses a comment of more than 65,536."""

_OPEN: Final = 10
"""So many findings are shown at once; more of them are folded, a file at a time."""

_SIGNS: Final = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "ℹ️"}  # noqa: RUF001


def render(report: Report, around: Surroundings) -> str:
    """A summary, a table of the rules, and the findings file by file, folded where there are many."""
    head = [MARK, f"### archlint\n\n{words(summary(report, PLAIN))}", *_failures(report), *_table(report)]
    tail = [
        *(f"> {'❌ ' if each.fails else ''}{words(each.sentence)}" for each in told(report)),
        *section(report.delta, around),
    ]
    room = LONGEST - sum(len(part) + 2 for part in (*head, *tail)) - 200
    return "\n\n".join([*head, *_files(report, around, room), *tail]) + "\n"


def _failures(report: Report) -> Iterator[str]:
    for failure in report.failures:
        yield f"❌ Rule {code(failure.rule)} failed: {words(failure.error)}"


def _table(report: Report) -> Iterator[str]:
    if not report.findings:
        return
    counts = Counter((finding.rule, finding.severity) for finding in report.findings)
    rules = sorted({rule for rule, _ in counts}, key=lambda rule: (-_worst(counts, rule), rule))
    rows = [
        f"| {linked(code(rule), link(rule))} | "
        + " | ".join(str(counts[rule, severity] or "") for severity in reversed(Severity))
        + " |"
        for rule in rules
    ]
    yield "\n".join(["| rule | errors | warnings | notes |", "| --- | ---: | ---: | ---: |", *rows])


def _worst(counts: Counter[tuple[str, Severity]], rule: str) -> int:
    return max(at for at, severity in enumerate(Severity) if counts[rule, severity])


def _files(report: Report, around: Surroundings, room: int) -> Iterator[str]:
    """The findings below their files, those of the worst files first, as many as there is room for."""
    worst: dict[str, Severity] = {}
    for finding in report.findings:
        path = finding.location.path
        worst[path] = max(worst.get(path, finding.severity), finding.severity)
    ordered = sorted(report.findings, key=lambda finding: worst[finding.location.path], reverse=True)
    items = [(finding, _item(finding, around)) for finding in ordered]
    shown = _fitting(items, room)
    for path, group in groupby(items[:shown], key=lambda item: item[0].location.path):
        yield _file(path, list(group), is_open=len(items) <= _OPEN)
    if shown < len(items):
        yield f"… and {counted(len(items) - shown, 'more finding' if shown else 'finding')}."


def _fitting(items: list[tuple[Finding, str]], room: int) -> int:
    """How many of the items there is room for, with what stands around them."""
    path = ""
    for number, (finding, text) in enumerate(items):
        room -= len(text) + 1
        if finding.location.path != path:
            path = finding.location.path
            room -= len(_head(path, "", is_open=True)) + 60
        if room < 0:
            return number
    return len(items)


def _file(path: str, items: list[tuple[Finding, str]], *, is_open: bool) -> str:
    counts = Counter(finding.severity for finding, _ in items)
    signs = " ".join(f"{counts[each]} {_SIGNS[each]}" for each in reversed(Severity) if counts[each])
    texts = "\n".join(text for _, text in items)
    return f"{_head(path, signs, is_open=is_open)}\n{texts}\n\n</details>"


def _head(path: str, signs: str, *, is_open: bool) -> str:
    # Markdown does not reach what stands between the tags of HTML.
    name = f"<code>{escape(plain(path))}</code>"
    return f"<details{' open' if is_open else ''}>\n<summary>{name}: {signs}</summary>\n"


def _item(finding: Finding, around: Surroundings) -> str:
    because = [f"because {words(finding.because)}"] if finding.because else []
    related = (
        f"{_place(each.location.path, each.location.line, around)}: {words(each.message)}"
        for each in finding.related
    )
    notes = "".join(f"\n  - {note}" for note in (words(finding.hint), *because, *related))
    place = linked(
        f"line {finding.location.line}", _address(finding.location.path, finding.location.line, around)
    )
    return f"- {_SIGNS[finding.severity]} {place}: {words(finding.message)} ({code(finding.rule)}){notes}"


def _place(path: str, line: int, around: Surroundings) -> str:
    return linked(code(f"{path}:{line}"), _address(path, line, around))


def _address(path: str, line: int, around: Surroundings) -> str:
    return around.line_link(f"{around.prefix}{path}", line)
