"""Which findings are reported: not those that the code asks to leave out, nor those accepted before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.baseline import Entry, match
from archlint.finding import Accepted, Finding
from archlint.report import Lapsed

if TYPE_CHECKING:
    from archlint.baseline.standing import Baseline
    from archlint.project.project import Project

_NOT_PARSED: Final = "archlint/syntax-error"


class Settled(msgspec.Struct, frozen=True):
    """What became of findings by the baseline."""

    active: tuple[Finding, ...]
    baselined: tuple[Accepted, ...] = ()
    stale: tuple[Lapsed, ...] = ()
    """What the baseline lists and is not there any more."""

    expired: tuple[Lapsed, ...] = ()
    """What it has accepted up to a day that is over, and is still there."""


def settle(
    project: Project,
    findings: Iterable[Finding],
    baseline: Baseline,
    *,
    known: Collection[str],
    ran: Collection[str],
    today: str,
) -> Settled:
    """Divide findings by a baseline.

    `known` holds the ids of all rules there are, `ran` those of the rules that ran to their end: what
    another rule would find is not known to be gone, nor what is in a file that does not parse.
    """
    over = [entry for entry in baseline.entries if entry.has_expired(today)]
    matched = match(findings, (e for e in baseline.entries if not e.has_expired(today)), Paths(project))
    late = match(matched.new, over, Paths(project))
    unread = {finding.location.path for finding in matched.new if finding.rule == _NOT_PARSED}
    unread |= {each.finding.location.path for each in matched.accepted if each.finding.rule == _NOT_PARSED}
    gone = (*matched.stale, *late.stale)
    return Settled(
        active=matched.new,
        baselined=matched.accepted,
        stale=_lapsed(e for e in gone if (e.rule in ran or e.rule not in known) and e.path not in unread),
        expired=_lapsed(late.used),
    )


class Paths:
    """Whether a project has a file or folder of a path."""

    def __init__(self, project: Project) -> None:
        self._files = {*project.by_path, *project.files}
        self._folders: set[str] | None = None

    def __call__(self, path: str) -> bool:
        """Whether it is there."""
        return path in self._files or path in self._all_folders()

    def _all_folders(self) -> set[str]:
        if self._folders is None:
            self._folders = set()
            for path in self._files:
                while path := path.rpartition("/")[0]:
                    self._folders.add(path)
        return self._folders


def _lapsed(entries: Iterable[Entry]) -> tuple[Lapsed, ...]:
    return tuple(Lapsed(e.rule, e.path, e.symbol, e.count, e.expires) for e in sorted(entries))
