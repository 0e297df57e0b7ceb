"""Where archlint and the pages of its rules are read."""

from __future__ import annotations

from typing import Final

HOME: Final = "https://archlint.dev"
"""The address of archlint."""


def link(rule: str) -> str:
    """The address of the page of a rule, by its id `pack/rule-name`."""
    return f"{HOME}/rules/{rule}"
