"""Dotted names that a framework imports, as far as they lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.answer import MISSING, Answer, Folder, Unresolved
from archlint.project.finder import Finder
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project
    from archlint.project.symbols import Symbols


def dotted_answer(symbols: Symbols, module: Module, dotted: str) -> Answer:
    """What a dotted name stands for; what is in something that is missing is missing, too."""
    answer = symbols.resolve(dotted, module)
    if not isinstance(answer, Unresolved) or answer is MISSING:
        return answer
    segments = dotted.split(".")
    above = (symbols.resolve(".".join(segments[:place]), module) for place in range(1, len(segments)))
    return MISSING if any(one is MISSING for one in above) else answer


def gap(symbols: Symbols, module: Module, dotted: str) -> tuple[Answer, str]:
    """The last module on the way that is there, and what it lacks."""
    segments = dotted.split(".")
    for place in range(len(segments) - 1, 0, -1):
        found = symbols.resolve(".".join(segments[:place]), module)
        if not isinstance(found, Unresolved):
            return found, segments[place]
    return MISSING, segments[0]


def names_of(project: Project, parent: Answer) -> list[str]:
    """What a module or a folder has, for a hint."""
    if isinstance(parent, Folder):
        return list(project.view(Finder).children(parent))
    if not isinstance(parent, Module):
        return []
    children = project.view(Finder).children(parent) if parent.is_package else ()
    return [*children, *parent.bindings]
