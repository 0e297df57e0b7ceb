"""TOML files of the linted project, which may hold anything."""

from __future__ import annotations

from typing import Any


def table(text: str) -> dict[str, Any] | None:
    """What a TOML text says; None where it is no TOML, or more than can be read."""
    # Not needed where no file says a word that is looked for.
    import tomli

    try:
        return tomli.loads(text)
    except (ValueError, RecursionError):  # a nesting too deep, an integer of thousands of digits
        return None
