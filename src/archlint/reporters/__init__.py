"""What a report looks like, one module a format, named like it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final, TypeAlias

from archlint.report import Report
from archlint.reporters.surroundings import Surroundings

Reporter: TypeAlias = Callable[[Report, Surroundings], str]
"""Renders the findings of a report. It neither reads nor prints."""

FORMATS: Final = (
    "full",
    "concise",
    "grouped",
    "json",
    "json-lines",
    "junit",
    "github",
    "gitlab",
    "sarif",
    "markdown",
)
"""The names of the formats."""

FOR_PEOPLE: Final = frozenset({"full", "concise", "grouped"})
"""The formats that a person reads in a terminal, with colours."""


def reporter(name: str) -> Reporter:
    """The reporter of a format, imported now."""
    render: Reporter = import_module(f"archlint.reporters.{name.replace('-', '_')}").render
    return render


__all__ = ["FORMATS", "FOR_PEOPLE", "Reporter", "Surroundings", "reporter"]
