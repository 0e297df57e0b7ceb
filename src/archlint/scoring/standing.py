"""All that `archlint score` tells, whatever it looks like."""

from __future__ import annotations

import msgspec

from archlint.scoring.change import ScoreChange
from archlint.scoring.levels import LevelScore
from archlint.scoring.score import Score


class Standing(msgspec.Struct, frozen=True):
    """Where a project stands."""

    score: Score
    levels: tuple[LevelScore, ...] = ()
    """Empty where they are not asked for."""

    change: ScoreChange | None = None
    """Against an earlier state; None where it is not asked for."""
