"""Where the page of a rule is read."""

from __future__ import annotations

from typing import Final

_SITE: Final = "https://archlint.dev/rules"


def link(rule: str) -> str:
    """The address of the page of a rule, by its id `pack/rule-name`."""
    return f"{_SITE}/{rule}"
