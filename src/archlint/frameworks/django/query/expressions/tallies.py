"""What the aggregates of a query range over."""

from __future__ import annotations

import msgspec

_SENSITIVE = frozenset({"Count", "Sum"})
"""The others say the same when each row is there several times."""


class Tally(msgspec.Struct, frozen=True):
    """An aggregate."""

    name: str
    """`Count`, `Sum`, `Max`."""

    paths: tuple[str, ...]
    """What it takes, and what it filters by."""

    is_distinct: bool = False
    is_open: bool = False
    """It takes more than can be seen."""

    @property
    def counts_copies(self) -> bool:
        """Whether it says more when rows are there several times."""
        return self.name in _SENSITIVE and not self.is_distinct and not self.is_open
