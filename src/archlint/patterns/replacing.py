"""The code that a fix writes: its text with what the metavariables stand for, in the place's own layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import archlint.concrete.patterns.templates as templates
from archlint.concrete.patterns.binding_strength import binds_loosely

if TYPE_CHECKING:
    from archlint.concrete.patterns.compiling import Sighting
    from archlint.concrete.patterns.matching import Captures
    from archlint.concrete.tree import Tree

MARK = "\0"
"""Stands around the number of an imported name, until the file says what it calls that."""

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


def marked(fix: str, imports: Sequence[str]) -> str:
    """A fix with numbers for the names that it takes from elsewhere, which it writes by their last part."""
    for number, dotted in enumerate(imports):
        name = re.escape(dotted.rpartition(".")[2])
        fix = re.sub(rf"(?<![\w.$\"'{MARK}]){name}(?!\w)", f"{MARK}{number}{MARK}", fix)
    return fix


def _stands_alone(before: str, after: str) -> bool:
    before, after = before.rstrip(" "), after.lstrip(" ")
    return (not before or before[-1] in _OPENING + "\n") and (not after or after[0] in _CLOSING + "\n")
