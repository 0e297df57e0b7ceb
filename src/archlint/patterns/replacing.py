"""The code that a fix writes: its text with what the metavariables stand for, in the place's own layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import archlint.concrete.patterns.templates as templates
from archlint.concrete.patterns.binding_strength import binds_loosely

if TYPE_CHECKING:
    from archlint.concrete.patterns.compiling import Sighting
    from archlint.concrete.patterns.matching import Captures
    from archlint.concrete.tree import Tree

_OPENING, _CLOSING = "([{,=", ")]},"


def replacement(fix: str, place: Sighting, captures: Captures, tree: Tree) -> str:
    """The text of a fix. What binds loosely gets parentheses where it does not stand alone."""
    pieces: list[str] = []
    at = 0
    for name, start, end in templates.names_in(fix, captures):
        text = tree.code_of(captures[name])
        alone = _stands_alone(fix[:start], fix[end:])
        loose = len(captures[name]) == 1 and binds_loosely(captures[name][0])
        pieces += [fix[at:start], f"({text})" if loose and not alone else text]
        at = end
    column = tree.location(place.first, place.last).column
    return "".join((*pieces, fix[at:])).strip("\n").replace("\n", "\n" + " " * (column - 1))


def _stands_alone(before: str, after: str) -> bool:
    before, after = before.rstrip(" "), after.lstrip(" ")
    return (not before or before[-1] in _OPENING + "\n") and (not after or after[0] in _CLOSING + "\n")
