"""What has to be told of a baseline: what is gone, whose last day is over, and what it hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from archlint.report import Lapsed, Report
from archlint.reporters.summary import counted

NOT_READ: Final = "archlint/syntax-error"
"""The rule of what no other rule can look at. Accepting that must not look like a pass."""


def told(report: Report) -> Iterator[tuple[str, tuple[Lapsed, ...]]]:
    """A sentence for each, and the entries that it speaks of."""
    if report.stale:
        gone = counted(sum(each.count for each in report.stale), "finding")
        yield f"the baseline lists {gone} no longer there; see `archlint baseline prune`", report.stale
    if report.expired:
        late = counted(sum(each.count for each in report.expired), "finding")
        yield f"the day up to which the baseline accepts {late} is over", report.expired
    unread = len({each.finding.location.path for each in report.baselined if each.finding.rule == NOT_READ})
    if unread:
        which, them = ("a file", "it") if unread == 1 else (f"{unread:,} files", "them")
        yield f"the baseline accepts {which} that cannot be read or parsed: nothing in {them} is checked", ()


def sentences(report: Report) -> Iterator[str]:
    """The sentences alone."""
    return (sentence for sentence, _ in told(report))


def record(report: Report) -> dict[str, Any]:
    """The baseline as programs see it."""
    return {"path": report.baseline, "stale": _records(report.stale), "expired": _records(report.expired)}


def _records(lapsed: Iterable[Lapsed]) -> list[dict[str, Any]]:
    return [
        {
            "rule": each.rule,
            "path": each.path,
            "symbol": each.symbol,
            "count": each.count,
            "expires": each.expires or None,
        }
        for each in lapsed
    ]
