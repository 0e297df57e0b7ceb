"""Failures that somebody expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.project.flow.trace import Event


def is_caught(event: Event, errors: frozenset[str]) -> bool:
    """Whether a handler is there for one of some errors, or a test that wants to see it raised."""
    return not errors.isdisjoint(event.context.caught)
