"""The tables that a standing consists of, as rows of words."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from archlint.report import Tally
from archlint.scoring.change import Change, ScoreChange
from archlint.scoring.levels import LevelScore
from archlint.scoring.score import Score, share_kept, share_resolved
from archlint.scoring.standing import Standing
from archlint.scoring.wording import LEVELS, NOTHING, counts, more, percent, points

_COUNTS = ("examined", "kept", "broken", "unknown", "share kept")

Row = tuple[str, ...]


class Table(msgspec.Struct, frozen=True):
    """Some rows below a head; the first column names them, the others are numbers."""

    head: Row
    rows: tuple[Row, ...]
    foot: Row = ()
    """The row that sums up the others, if one does."""


def tables(standing: Standing) -> tuple[Table, ...]:
    """The tables of a standing: packs, then what else was asked for."""
    of_packs = _changes(standing.score, standing.change) if standing.change else _packs(standing.score)
    return (of_packs, _levels(standing.levels)) if standing.levels else (of_packs,)


def sentence(standing: Standing) -> str:
    """The standing in a sentence."""
    total = standing.score.total
    if not total.examined:
        return "No rule found anything to look at."
    return (
        f"{percent(share_kept(total))} of {total.examined:,} places are known to be kept; "
        f"{percent(share_resolved(total))} could be resolved."
    )


def _packs(score: Score) -> Table:
    rows = tuple((name, *counts(tally)) for name, tally in score.packs.items())
    return Table(("pack", *_COUNTS), rows, ("total", *counts(score.total)))


def _changes(score: Score, change: ScoreChange) -> Table:
    head = ("pack", *_COUNTS, f"points since {change.since}", "more broken")
    rows = tuple((name, *_counts_of(name, score), *_change(each)) for name, each in change.packs.items())
    return Table(head, rows, ("total", *counts(score.total), *_change(change.total)))


def _counts_of(pack: str, score: Score) -> Row:
    return counts(score.packs[pack]) if pack in score.packs else (*counts(Tally())[:-1], NOTHING)


def _change(change: Change) -> Row:
    return points(change.share), more(change.broken)


def _levels(levels: tuple[LevelScore, ...]) -> Table:
    head = ("level", "rules", *_COUNTS, "clean files", "decay")
    rows = []
    before = None
    for each in levels:
        clean = Fraction(each.clean, each.files) if each.files else None
        decay = points(clean - before) if clean is not None and before is not None else NOTHING
        name = f"L{each.level.value} {LEVELS[each.level]}"
        rows.append((name, f"{each.rules:,}", *counts(each.upto), percent(clean), decay))
        before = clean
    return Table(head, tuple(rows))
