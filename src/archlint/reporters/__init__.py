"""What a report looks like, one module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from archlint.report import Report
from archlint.reporters import concise, full, json
from archlint.reporters.excerpt import Lines
from archlint.reporters.style import Style

Reporter: TypeAlias = Callable[[Report, Lines, Style], str]
"""Renders the findings of a report. It neither reads nor prints."""

REPORTERS: Mapping[str, Reporter] = {"full": full.render, "concise": concise.render, "json": json.render}
"""The reporters by the name of their format."""

__all__ = ["REPORTERS", "Lines", "Reporter", "Style"]
