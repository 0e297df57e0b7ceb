"""The score: what became of all the places that the rules looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import msgspec

from archlint.finding import pack_of
from archlint.report import Tally


class Score(msgspec.Struct, frozen=True):
    """The places of a project, by pack and in total."""

    packs: Mapping[str, Tally]
    """In the order of their names; only packs of which a rule ran."""

    total: Tally

    @classmethod
    def of(cls, tallies: Mapping[str, Tally]) -> Score:
        """The score of what each rule counted, by rule."""
        names = sorted({pack_of(rule) for rule in tallies})
        packs = {name: summed(t for rule, t in tallies.items() if pack_of(rule) == name) for name in names}
        return cls(packs, summed(packs.values()))


def summed(tallies: Iterable[Tally]) -> Tally:
    """All places together."""
    found = list(tallies)
    return Tally(
        kept=sum(each.kept for each in found),
        broken=sum(each.broken for each in found),
        unknown=sum(each.unknown for each in found),
    )


def share_kept(tally: Tally) -> Fraction | None:
    """Which part of all places examined is known to be kept; None where nothing was examined.

    What is unknown counts as a place and not as kept: what cannot be resolved has not been shown.
    """
    return Fraction(tally.kept, tally.examined) if tally.examined else None


def share_resolved(tally: Tally) -> Fraction | None:
    """Which part of all places could be resolved, be they kept or broken."""
    return Fraction(tally.kept + tally.broken, tally.examined) if tally.examined else None
