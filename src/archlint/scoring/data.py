"""A standing for programs: versioned, as the report is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from archlint import __version__
from archlint.report import Tally
from archlint.reporters.json import dump
from archlint.reporters.style import Style
from archlint.scoring.change import Change
from archlint.scoring.levels import LevelScore
from archlint.scoring.score import share_kept, share_resolved
from archlint.scoring.standing import Standing

VERSION: Final = 1
"""Raised when a reader of the last version could misread the next."""


def as_json(standing: Standing, style: Style) -> str:
    """One JSON object, never coloured; a share is a number from 0 to 1, or null where there is none."""
    told: dict[str, Any] = {
        "version": VERSION,
        "tool": {"name": "archlint", "version": __version__},
        "total": _tally(standing.score.total),
        "packs": {name: _tally(tally) for name, tally in standing.score.packs.items()},
    }
    if standing.levels:
        told["levels"] = [_level(each) for each in standing.levels]
    if standing.change:
        told["change"] = {
            "since": standing.change.since,
            "total": _change(standing.change.total),
            "packs": {name: _change(each) for name, each in standing.change.packs.items()},
        }
    return dump(told)


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "examined": tally.examined,
        "kept": tally.kept,
        "broken": tally.broken,
        "unknown": tally.unknown,
        "share_kept": _number(share_kept(tally)),
        "share_resolved": _number(share_resolved(tally)),
    }


def _level(score: LevelScore) -> dict[str, Any]:
    return {
        "level": score.level.value,
        "name": score.level.name.lower(),
        "rules": score.rules,
        "own": _tally(score.own),
        "upto": _tally(score.upto),
        "files": score.files,
        "clean_files": score.clean,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "before": _tally(change.before),
        "broken": change.broken,
        "share_kept": _number(change.share),
    }


def _number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
