"""The score by levels: what is kept when more and more is prescribed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import msgspec

from archlint.discovery.model import SUFFIXES
from archlint.finding import pack_of
from archlint.level import Level
from archlint.registry import Registry
from archlint.report import Report, Tally
from archlint.scoring.score import summed


class LevelScore(msgspec.Struct, frozen=True):
    """One level of a project."""

    level: Level
    rules: int
    """How many rules of this very level ran."""

    own: Tally
    """The places of this very level."""

    upto: Tally
    """The places of this level and of all below it."""

    files: int
    """How many files of Python code there are."""

    clean: int
    """In how many of them nothing is broken, by the rules of this level and of all below it."""


def level_of(rule: str, registry: Registry) -> Level:
    """The level of a rule by its id, as its pack declares it."""
    pack = registry.packs.get(pack_of(rule))
    said: Mapping[str, Level] = getattr(import_module(pack.package), "LEVELS", {}) if pack else {}
    return said.get(rule.partition("/")[2], said.get("*", Level.ARCHITECTURE))


def by_level(report: Report, levels: Mapping[str, Level]) -> tuple[LevelScore, ...]:
    """The levels from the lowest to the highest, each with what it adds and what it comes to."""
    scores: list[LevelScore] = []
    upto = Tally()
    tallies = report.tallies
    broken = _broken(report)
    touched: set[str] = set()
    for level in Level:
        of_level = [tally for rule, tally in tallies.items() if levels[rule] is level]
        own = summed(of_level)
        upto = summed((upto, own))
        touched |= {path for rule, path in broken if levels.get(rule) is level}
        clean = max(report.files - len(touched), 0)
        scores.append(LevelScore(level, len(of_level), own, upto, report.files, clean))
    return tuple(scores)


def _broken(report: Report) -> set[tuple[str, str]]:
    """The rules that are broken, each with the files of code where it is, accepted or not."""
    accepted = (each.finding for each in (*report.suppressed, *report.baselined))
    findings = (*report.findings, *accepted)
    return {(each.rule, each.location.path) for each in findings if each.location.path.endswith(SUFFIXES)}
