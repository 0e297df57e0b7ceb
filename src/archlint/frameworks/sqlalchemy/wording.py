"""Words that several rules of the pack use."""

from __future__ import annotations

from collections.abc import Iterable


def meant(name: str, names: Iterable[str], otherwise: str) -> str:
    """A hint with the name that was perhaps meant."""
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(name, sorted(set(names)), 1, 0.7)
    return f"did you mean `{near[0]}`?" if near else otherwise


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them."""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
