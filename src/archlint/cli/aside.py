"""What is told beside the findings, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from archlint.cli import streams
from archlint.cli.colour import style_for
from archlint.cli.hosting import shown_path
from archlint.finding import Accepted
from archlint.report import Report


def tell_about(report: Report, color: str, *, wants_statistics: bool, has_summary: bool) -> None:
    """The notices, and if they are wanted the table of the rules and the last line."""
    from archlint.reporters.statistics import statistics
    from archlint.reporters.summary import summary

    style = style_for(sys.stderr, color)
    for notice in report.notices:
        streams.tell(notice)
    if wants_statistics:
        streams.note(statistics(report, style) + "\n")
    if has_summary:
        streams.note(summary(report, style) + "\n")


def tell_more(report: Report) -> None:
    """What was looked at, and each finding that was accepted, with the reason."""
    shown = shown_path(report.root, Path.cwd())
    streams.tell(f"{report.root}: {report.files:,} files, {len(report.tallies):,} rules")
    if report.baseline:
        streams.tell(f"the baseline is `{report.baseline}`")
    for line in (
        *_accepted("suppressed", report.suppressed, shown),
        *_accepted("in the baseline", report.baselined, shown),
    ):
        streams.note(f"{line}\n")


def tell_failures(report: Report, *, verbose: bool) -> None:
    """The rules that failed, and where."""
    for failure in report.failures:
        streams.tell(f"rule {failure.rule} failed: {failure.error}")
        if verbose:
            streams.note(failure.traceback)
    if report.failures and not verbose:
        streams.note("Run with -v to see the traceback.\n")


def _accepted(why: str, accepted: tuple[Accepted, ...], shown: Callable[[str], str]) -> Iterator[str]:
    from archlint.reporters.text import plain

    for each in accepted:
        finding = each.finding
        place = f"{plain(shown(finding.location.path))}:{finding.location.line}:{finding.location.column}"
        reason = f" -- {plain(each.reason)}" if each.reason else ""
        yield f"{place}: {why} [{finding.rule}] {plain(finding.message)}{reason}"
