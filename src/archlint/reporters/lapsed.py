"""What has to be told of a baseline: what is gone, whose last day is over, and what it hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from archlint.report import Lapsed, Report
from archlint.reporters.summary import counted

NOT_READ: Final = "archlint/syntax-error"
"""The rule of what no other rule can look at. Accepting that must not look like a pass."""


PRUNE: Final = "remove it with `archlint baseline prune`"
"""What to do about an entry that is gone."""


class Told(NamedTuple):
    """A sentence, and the entries that it speaks of."""

    sentence: str
    entries: tuple[Lapsed, ...] = ()
    fails: bool = False
    """Whether the run fails for it."""


def told(report: Report) -> Iterator[Told]:
    """All there is to tell."""
    if report.stale:
        gone = counted(sum(each.count for each in report.stale), "finding")
        what = f"the baseline lists {gone} no longer found; run `archlint baseline prune`"
        yield Told(what, report.stale, report.is_behind)
    if report.expired:
        late = counted(sum(each.count for each in report.expired), "finding")
        yield Told(f"the day until which the baseline accepts {late} is past", report.expired)
    unread = len({each.finding.location.path for each in report.baselined if each.finding.rule == NOT_READ})
    if unread:
        which, them = ("a file", "it") if unread == 1 else (f"{unread:,} files", "them")
        what = f"the baseline accepts {which} that cannot be read or parsed: nothing in {them} is checked"
        yield Told(what)


def record(report: Report) -> dict[str, Any]:
    """The baseline as programs see it."""
    return {
        "path": report.baseline,
        "strict": report.is_strict,
        "stale": _records(report.stale),
        "expired": _records(report.expired),
    }


def gone(each: Lapsed) -> str:
    """An entry of what is gone, in words."""
    where = f" in `{each.symbol}`" if each.symbol else ""
    times = f", {each.count:,} times" if each.count > 1 else ""
    return f"the baseline lists `{each.rule}`{where}{times}, which no longer occurs"


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
