"""What the baseline lists and does not accept: it is gone, or its last day is over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from archlint.report import Lapsed, Report
from archlint.reporters.summary import counted


def told(report: Report) -> Iterator[tuple[str, tuple[Lapsed, ...]]]:
    """A sentence for each of the two, and what it speaks of."""
    if report.stale:
        gone = counted(sum(each.count for each in report.stale), "finding")
        yield f"the baseline lists {gone} no longer there; see `archlint baseline prune`", report.stale
    if report.expired:
        late = counted(sum(each.count for each in report.expired), "finding")
        yield f"the day up to which the baseline accepts {late} is over", report.expired


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
