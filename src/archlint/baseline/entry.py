"""One line of a baseline: findings that are known by the same things, and how many of them are accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import msgspec

if TYPE_CHECKING:
    from archlint.finding import Finding


class Entry(msgspec.Struct, frozen=True, order=True, omit_defaults=True, forbid_unknown_fields=True):
    """So many equal findings. Nothing in it changes when lines move or a message is worded anew."""

    rule: Annotated[str, msgspec.Meta(min_length=1)]
    path: Annotated[str, msgspec.Meta(min_length=1)]
    symbol: str
    """The class or function around the place, or what the finding is about; empty at module level."""

    fingerprint: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    count: Annotated[int, msgspec.Meta(ge=1)]
    reason: str = ""
    expires: str = ""
    """The last day on which it accepts anything, as `2027-01-31`; empty for as long as it stands."""

    @classmethod
    def of(cls, finding: Finding, count: int, reason: str = "", expires: str = "") -> Entry:
        """An entry for a finding and those equal to it."""
        symbol = ", ".join(finding.identity) or finding.symbol
        path = finding.location.path
        return cls(finding.rule, path, symbol, finding.fingerprint, count, reason, expires)

    def has_expired(self, today: str) -> bool:
        """Whether its last day is over. An empty day is before all others."""
        return bool(self.expires) and today > self.expires


def entries_of(findings: Iterable[Finding], reason: str = "", expires: str = "") -> tuple[Entry, ...]:
    """What accepts exactly these findings, sorted."""
    counts = Counter(Entry.of(finding, 1, reason, expires) for finding in findings)
    return tuple(sorted(msgspec.structs.replace(entry, count=n) for entry, n in counts.items()))
