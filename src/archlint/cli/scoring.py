"""Lints a project for `archlint score`, now and as it was, and tells where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from archlint.cli.assignment import Assignment, assign
from archlint.cli.combination import combine
from archlint.cli.lint import Linted, Order, lint
from archlint.config.lookup import find
from archlint.errors import ArchlintError
from archlint.report import Report
from archlint.scoring.levels import LevelScore, by_level, level_of
from archlint.scoring.score import Score
from archlint.scoring.standing import Standing


def standing(
    path: Path, file: Path | None, order: Order, *, with_levels: bool = False, since: str = ""
) -> tuple[Standing, tuple[str, ...]]:
    """Where the project around a path stands, and the notices that came up.

    With `since`, what has changed from where HEAD left that branch or commit. Raises ArchlintError as
    linting does, for what git cannot tell, and where a rule failed: its places would be missing.
    """
    (assignment,) = assign([path], file)
    results = lint([replace(assignment, targets=())], order)
    report = _whole([each.report for each in results])
    now = Standing(Score.of(report.tallies))
    if with_levels:
        now = replace(now, levels=_levels(report, assignment))
    if since:
        from archlint.scoring.change import compare

        label, before = _earlier(results, assignment, order, since)
        now = replace(now, change=compare(Score.of(before.tallies), now.score, label))
    return now, report.notices


def _whole(reports: Iterable[Report]) -> Report:
    report = combine(list(reports))
    if report.failures:
        raise ArchlintError("\n".join(f"rule {each.rule} failed: {each.error}" for each in report.failures))
    return report


def _levels(report: Report, assignment: Assignment) -> tuple[LevelScore, ...]:
    from archlint.registry import installed
    from archlint.registry.opening import opened

    registry = opened(assignment.config, assignment.root, installed()).registry
    return by_level(report, {rule: level_of(rule, registry) for rule in report.tallies})


def _earlier(
    results: Sequence[Linted], assignment: Assignment, order: Order, since: str
) -> tuple[str, Report]:
    """What the earlier state is called, and its report, by the configuration of now."""
    from archlint.changes.git_base import since as base_of
    from archlint.changes.outlying import outlying
    from archlint.cli.earlier import report_of

    reports, label = [], ""
    for each in results:
        file = assignment.config if each.home == assignment.root else find(each.home)
        base = base_of(each.home, since, outlying(each.home, file))
        label = label or base.label
        reports.append(report_of(base, each.home, file, order))
    return label, _whole(reports)
