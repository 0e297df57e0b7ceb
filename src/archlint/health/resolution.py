"""How much of what rules look at could be resolved: what is unknown is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from archlint.health.sign import Sign, State
from archlint.level import Level
from archlint.report import RuleFailure, Tally
from archlint.scoring.score import share_resolved, summed
from archlint.scoring.wording import percent

_ENOUGH: Final = Fraction(3, 4)
_SHOWN: Final = 5
_MANY: Final = 50
"""Fewer places say nothing about how well a project can be followed."""


def resolution(tallies: Mapping[str, Tally], levels: Mapping[str, Level]) -> Iterator[Sign]:
    """The share of places at which an ORM is used that could be resolved, and the rules that know least."""
    of_orm = {rule: tally for rule, tally in tallies.items() if levels[rule] is Level.ORM}
    others = {rule: tally for rule, tally in tallies.items() if rule not in of_orm}
    yield from _share("uses of the ORM", of_orm)
    yield from _share("everything else", others)
    unsure = sorted(tallies.items(), key=lambda each: (-each[1].unknown, each[0]))
    for rule, tally in unsure[:_SHOWN]:
        if tally.unknown:
            yield Sign(rule, f"{tally.unknown:,} of {tally.examined:,} places unknown")


def failures(found: tuple[RuleFailure, ...]) -> Iterator[Sign]:
    """Rules that raised, and so said nothing."""
    for each in found:
        hint = "please report it with the traceback of `archlint -v`, and turn the rule off until then"
        yield Sign(each.rule, f"failed: {each.error}", State.AMISS, hint)


def _share(name: str, tallies: Mapping[str, Tally]) -> Iterator[Sign]:
    total = summed(tallies.values())
    share = share_resolved(total)
    if share is None:
        return
    text = f"{percent(share)} of {total.examined:,} places resolved"
    if share >= _ENOUGH or total.examined < _MANY:
        yield Sign(name, text)
    else:
        hint = (
            "annotate parameters and return values, above all models, query sets and sessions; "
            "`archlint --statistics` shows which rules know least"
        )
        yield Sign(name, text, State.ADVICE, hint)
