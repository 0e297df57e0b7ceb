"""A suppression as a file states it. It lies in the cache with the facts of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from archlint.finding import Location


class Name(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A rule, or a whole pack as `pack/*`, and the column where its name stands."""

    text: str
    column: int

    def matches(self, rule: str) -> bool:
        """Whether the rule is meant."""
        return self.text == rule or (self.text.endswith("/*") and rule.startswith(self.text[:-1]))


class Suppression(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One comment. Lines and columns start at 1; columns count characters."""

    line: int
    column: int
    end_column: int
    names: tuple[Name, ...]
    """Empty: every rule."""

    reason: str
    expires: str
    """The last day on which it suppresses anything, as `2027-01-31`; empty for as long as it stands."""

    fault: str
    """What is wrong with the comment; it then suppresses nothing."""

    whole_file: bool
    first: int
    last: int
    """A finding must start on a line from `first` to `last`, both included, …"""

    reach: int
    """… and go on at least to this one."""

    def has_expired(self, today: str) -> bool:
        """Whether its last day is over. An empty day is before all others."""
        return bool(self.expires) and today > self.expires

    def covers(self, location: Location) -> bool:
        """Whether a finding at this place is asked to be left out."""
        if self.fault:
            return False
        starts_inside = self.first <= location.line <= self.last
        return self.whole_file or (starts_inside and location.end_line >= self.reach)
