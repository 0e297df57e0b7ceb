"""What a reporter may ask besides the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from archlint.finding import Severity
from archlint.reporters.style import PLAIN, Style

Lines: TypeAlias = Callable[[str], Sequence[str]]
"""Gives the lines of a file by its path in the report; none where it cannot be read."""


class RuleText(msgspec.Struct, frozen=True):
    """What a rule says of itself, for formats that carry the rules along."""

    id: str
    severity: Severity
    """Its own, whatever the configuration says."""

    summary: str
    page: str
    """The whole of it, as Markdown."""


class Surroundings(msgspec.Struct, frozen=True):
    """What lies around a report: the code, the rules, the terminal, and the repository it is in."""

    lines: Lines = lambda path: ()
    style: Style = PLAIN
    rule_text: Callable[[str], RuleText | None] = lambda rule: None
    """Gives what a rule says of itself by its id; None where it is not installed."""

    shown_path: Callable[[str], str] = str
    """Gives the path by which readers find a file from the folder they are in, by its path in the report."""

    prefix: str = ""
    """The way from the top of the repository to the root of the report, with a slash at the end.

    Those who host repositories know files by their paths in them.
    """

    line_link: Callable[[str, int], str] = lambda path, line: ""
    """Gives the address of a line of a file by its path in the repository; empty where it has none."""
