"""The score by levels: what is kept when more and more is prescribed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from archlint.level import Level
from archlint.registry import Registry
from archlint.report import Tally
from archlint.scoring.score import pack_of, summed


@dataclass(frozen=True, slots=True)
class LevelScore:
    """One level of a project."""

    level: Level
    rules: int
    """How many rules of this very level ran."""

    own: Tally
    """The places of this very level."""

    upto: Tally
    """The places of this level and of all below it."""


def level_of(rule: str, registry: Registry) -> Level:
    """The level of a rule by its id, as its pack declares it."""
    pack = registry.packs.get(pack_of(rule))
    said: Mapping[str, Level] = getattr(import_module(pack.package), "LEVELS", {}) if pack else {}
    return said.get(rule.partition("/")[2], said.get("*", Level.ARCHITECTURE))


def by_level(tallies: Mapping[str, Tally], levels: Mapping[str, Level]) -> tuple[LevelScore, ...]:
    """The levels from the lowest to the highest, each with what it adds and what it comes to."""
    scores: list[LevelScore] = []
    upto = Tally()
    for level in Level:
        of_level = [tally for rule, tally in tallies.items() if levels[rule] is level]
        own = summed(of_level)
        upto = summed((upto, own))
        scores.append(LevelScore(level, len(of_level), own, upto))
    return tuple(scores)
