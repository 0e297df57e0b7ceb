"""Where archlint and the pages of its rules are read."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Final

from archlint.finding import pack_of

HOME: Final = "https://archlint.dev"
"""The address of archlint."""


def link(rule: str) -> str:
    """The address of the page of a rule, by its id; empty for one that is not archlint's own."""
    return f"{HOME}/rules/{rule}" if _is_own(pack_of(rule)) else ""


def reference(rule: str) -> str:
    """Where a rule is explained: the address of its page, else the command that shows it."""
    return link(rule) or f"archlint explain {rule}"


@cache
def _is_own(pack: str) -> bool:
    """Whether a pack comes with archlint: its modules are there. No two packs share a name."""
    return pack.isidentifier() and find_spec(f"archlint.rules.{pack}") is not None
