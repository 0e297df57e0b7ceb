"""What a run comes to; all that reporters read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from archlint.delta import Delta
from archlint.finding import Accepted, Finding, Severity


class Tally(msgspec.Struct, frozen=True):
    """How many places a rule looked at, and what became of them."""

    kept: int = 0
    broken: int = 0
    unknown: int = 0

    @property
    def examined(self) -> int:
        """Places looked at, whatever came of it."""
        return self.kept + self.broken + self.unknown


class RuleFailure(msgspec.Struct, frozen=True):
    """A rule that raised. The others still ran; the exit status is 2."""

    rule: str
    error: str
    traceback: str


class Lapsed(msgspec.Struct, frozen=True):
    """Findings that the baseline lists and does not accept: they are gone, or their last day is over."""

    rule: str
    path: str
    symbol: str
    count: int
    expires: str = ""


class Report(msgspec.Struct, frozen=True):
    """The findings of a run, sorted by place and rule, and the numbers around them."""

    root: Path
    files: int
    findings: tuple[Finding, ...]
    suppressed: tuple[Accepted, ...] = ()
    """What comments in the code ask to leave out."""

    baselined: tuple[Accepted, ...] = ()
    """What the baseline accepts."""

    baseline: str = ""
    """The path of the baseline in force, relative to the root; empty where there is none.

    Where there is one, the findings are those that are new."""

    stale: tuple[Lapsed, ...] = ()
    """What the baseline lists and is not there any more."""

    is_strict: bool = False
    """Whether the run fails where the baseline lists what is gone."""

    expired: tuple[Lapsed, ...] = ()
    """What the baseline has accepted up to a day that is over; it is among the findings again."""

    failures: tuple[RuleFailure, ...] = ()
    tallies: Mapping[str, Tally] = msgspec.field(default_factory=dict)
    """Per rule that ran, in the order of their ids."""

    notices: tuple[str, ...] = ()
    """Lines for standard error: a cache that was ignored, a contract that guards nothing."""

    fail_on: Severity = Severity.ERROR
    """The severity from which the configuration lets a run fail."""

    projects: tuple[str, ...] = ()
    """Folders among the targets that are projects of their own, and were left out of this run."""

    delta: Delta | None = None
    """What a change does, where the project is compared with an earlier state of it. The findings are then
    those that are new."""

    def count(self, severity: Severity) -> int:
        """How many findings have exactly this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def is_behind(self) -> bool:
        """Whether the run fails because the baseline lists more than the truth."""
        return self.is_strict and bool(self.stale)

    def fails(self, threshold: Severity) -> bool:
        """Whether a finding is at or above the threshold."""
        return any(finding.severity >= threshold for finding in self.findings)
