"""Two scores of one project, compared."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from archlint.report import Tally
from archlint.scoring.score import Score, share_kept


class Change(msgspec.Struct, frozen=True):
    """What became of some places from one state of the project to another."""

    before: Tally
    after: Tally

    @property
    def broken(self) -> int:
        """How many more places are broken; negative where there are fewer."""
        return self.after.broken - self.before.broken

    @property
    def share(self) -> Fraction | None:
        """By how much the share kept has grown; None where one of the two has no places."""
        before, after = share_kept(self.before), share_kept(self.after)
        return None if before is None or after is None else after - before


class ScoreChange(msgspec.Struct, frozen=True):
    """The changes of all packs, those that came and went included, and of the total."""

    since: str
    """The state compared with, as the user names it."""

    packs: dict[str, Change]
    total: Change


def compare(before: Score, after: Score, since: str) -> ScoreChange:
    """What has changed from one score to the other."""
    names = sorted({*before.packs, *after.packs})
    packs = {name: Change(before.packs.get(name, Tally()), after.packs.get(name, Tally())) for name in names}
    return ScoreChange(since, packs, Change(before.total, after.total))
