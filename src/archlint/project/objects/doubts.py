"""What a function asks about before it uses it: it may be another than is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import dotted, last_name

if TYPE_CHECKING:
    from archlint.project.summaries import Summary

DOUBTING: Final = ("callable", "getattr", "hasattr", "isinstance", "issubclass", "type")
"""Who asks these about an object knows that it may be another, or have more or less."""


def doubted(summary: Summary) -> frozenset[str]:
    """The names and chains of names that a function asks what they are, or what they have."""
    return frozenset(
        dotted(given)
        for call in (site.call for site in summary.calls)
        if last_name(call.function) in DOUBTING
        for given in call.arguments
    )
