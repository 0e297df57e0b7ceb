"""Numbers of a score in words, the same in every format."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from archlint.level import Level
from archlint.report import Tally
from archlint.scoring.score import share_kept

NOTHING: Final = "-"
"""Where there is nothing to say a number of."""

LEVELS: Final = {
    Level.NONE: "nothing prescribed",
    Level.ARCHITECTURE: "architecture",
    Level.DATABASE: "plus database",
    Level.ORM: "plus ORM",
}


def percent(share: Fraction | None) -> str:
    """A share in per cent, cut off and not rounded: 100 % is said only of all."""
    if share is None:
        return NOTHING
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths // 10}.{tenths % 10} %"


def points(change: Fraction | None) -> str:
    """A change of a share in points of a per cent, with its sign."""
    if change is None:
        return NOTHING
    hundredths = round(change * 10_000)
    if not hundredths:
        return "±0" if not change else "+<0.01" if change > 0 else "-<0.01"
    return f"{hundredths / 100:+.2f}"


def more(number: int) -> str:
    """How many more, with the sign."""
    return f"{number:+,}" if number else "±0"


def counts(tally: Tally) -> tuple[str, ...]:
    """Examined, kept, broken, unknown, and the share kept."""
    numbers = (tally.examined, tally.kept, tally.broken, tally.unknown)
    return (*(f"{number:,}" for number in numbers), percent(share_kept(tally)))
