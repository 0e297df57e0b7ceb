"""Lints a project for `archlint score`, and tells where it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archlint.cli.assignment import assign
from archlint.cli.combination import combine
from archlint.cli.lint import Order, lint
from archlint.errors import ArchlintError
from archlint.scoring.levels import LevelScore, by_level, level_of
from archlint.scoring.score import Score
from archlint.scoring.standing import Standing


def standing(
    path: Path, file: Path | None, order: Order, *, with_levels: bool
) -> tuple[Standing, tuple[str, ...]]:
    """Where the project around a path stands, and the notices that came up.

    Raises ArchlintError as linting does, and where a rule failed: its places would be missing.
    """
    (assignment,) = assign([path], file)
    results = lint([replace(assignment, targets=())], order)
    report = combine([each.report for each in results])
    if report.failures:
        raise ArchlintError("\n".join(f"rule {each.rule} failed: {each.error}" for each in report.failures))
    levels: tuple[LevelScore, ...] = ()
    if with_levels:
        from archlint.registry import installed

        registry = installed()
        levels = by_level(report.tallies, {rule: level_of(rule, registry) for rule in report.tallies})
    return Standing(Score.of(report.tallies), levels), report.notices
