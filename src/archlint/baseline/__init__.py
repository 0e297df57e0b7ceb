"""Findings that a project has accepted, kept in a file beside its configuration."""

from archlint.baseline.entry import Entry, entries_of
from archlint.baseline.matching import Matched, match

__all__ = ["Entry", "Matched", "entries_of", "match"]
