"""Several projects told as one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from archlint.delta import together_with
from archlint.finding import Accepted, Edit, Finding, Fix, Location, Related
from archlint.report import Lapsed, Report, Tally


def combine(reports: Sequence[Report], named: Iterable[Path] = ()) -> Report:
    """One report, with paths from the folder that all the projects are in.

    `named` are the roots of the projects that the user has named: those of others lie in them.
    """
    speaking = [report for report in reports if _says_something(report)] or list(reports[:1])
    root = Path(os.path.commonpath([*named, *(report.root for report in speaking)]))
    if len(speaking) == 1 and speaking[0].root == root:
        return speaking[0]

    def together(part: Callable[[Report], Sequence[Accepted]]) -> tuple[Accepted, ...]:
        moved = (
            Accepted(_moved(each.finding, _prefix(report, root)), each.reason)
            for report in speaking
            for each in part(report)
        )
        return tuple(sorted(moved, key=lambda each: each.finding.order))

    def listed(part: Callable[[Report], Sequence[Lapsed]]) -> tuple[Lapsed, ...]:
        return tuple(
            replace(each, path=f"{_prefix(report, root)}{each.path}")
            for report in speaking
            for each in part(report)
        )

    found = (_moved(each, _prefix(report, root)) for report in speaking for each in report.findings)

    return Report(
        root=root,
        files=sum(report.files for report in speaking),
        findings=tuple(sorted(found, key=lambda each: each.order)),
        suppressed=together(lambda report: report.suppressed),
        baselined=together(lambda report: report.baselined),
        baseline=", ".join(f"{_prefix(each, root)}{each.baseline}" for each in speaking if each.baseline),
        stale=listed(lambda report: report.stale),
        expired=listed(lambda report: report.expired),
        failures=tuple(failure for report in speaking for failure in report.failures),
        tallies=_sum([report.tallies for report in speaking]),
        delta=together_with((each.delta, _prefix(each, root)) for each in speaking),
        notices=tuple(dict.fromkeys(notice for report in speaking for notice in report.notices)),
    )


def _says_something(report: Report) -> bool:
    """Whether anything of the project was asked for: it may only have others inside it."""
    return bool(report.files or report.findings or report.failures or report.notices)


def _prefix(report: Report, root: Path) -> str:
    inside = report.root.relative_to(root).as_posix()
    return "" if inside == "." else f"{inside}/"


def _moved(finding: Finding, prefix: str) -> Finding:
    def move(location: Location) -> Location:
        return replace(location, path=f"{prefix}{location.path}")

    fix = finding.fix
    return replace(
        finding,
        location=move(finding.location),
        related=tuple(Related(move(each.location), each.message) for each in finding.related),
        fix=fix and Fix(tuple(Edit(move(each.location), each.text) for each in fix.edits), fix.safe),
    )


def _sum(tallies: Sequence[Mapping[str, Tally]]) -> dict[str, Tally]:
    total: dict[str, Tally] = {}
    pairs = [pair for each in tallies for pair in each.items()]
    for rule, tally in sorted(pairs, key=lambda pair: pair[0]):
        before = total.get(rule, Tally())
        total[rule] = Tally(
            kept=before.kept + tally.kept,
            broken=before.broken + tally.broken,
            unknown=before.unknown + tally.unknown,
        )
    return total
