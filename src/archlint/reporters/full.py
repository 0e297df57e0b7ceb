"""Everything a person needs to mend a finding: the code, the reason, the hint, the other places."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding
from archlint.report import Report
from archlint.reporters.changes import paragraphs
from archlint.reporters.concise import headline, place
from archlint.reporters.excerpt import excerpt
from archlint.reporters.links import reference
from archlint.reporters.style import Style
from archlint.reporters.surroundings import Lines, Surroundings
from archlint.reporters.text import plain


def render(report: Report, around: Surroundings) -> str:
    """A paragraph for each finding, an empty line after each; then what a change does to the structure."""
    found = "".join(_paragraph(finding, around) for finding in report.findings)
    return found + paragraphs(report.delta, around)


def _paragraph(finding: Finding, around: Surroundings) -> str:
    style = around.style
    gutter = " " * (len(str(finding.location.line)) + 1)
    facts = (
        f"{style.faint(f'{gutter}=')} {style.strong(label)}: {text}"
        for label, text in _facts(finding, around)
    )
    return "\n".join([headline(finding, around), *_code(finding, around.lines, style, gutter), *facts, "\n"])


def _code(finding: Finding, lines: Lines, style: Style, gutter: str) -> Iterator[str]:
    shown = excerpt(finding.location, lines(finding.location.path))
    if shown is None:
        return
    mark = style.severity(finding.severity, "^" * shown.span)
    goes_on = style.faint(f" … to line {shown.last_line}") if shown.last_line else ""
    yield style.faint(f"{finding.location.line} |") + f" {shown.code}".rstrip()
    yield style.faint(f"{gutter}|") + f" {' ' * shown.indent}{mark}{goes_on}"


def _facts(finding: Finding, around: Surroundings) -> Iterator[tuple[str, str]]:
    yield "hint", plain(finding.hint)
    if finding.because:
        yield "because", plain(finding.because)
    for related in finding.related:
        yield "related", f"{place(related.location, around)}: {plain(related.message)}"
    yield "see", reference(finding.rule)
