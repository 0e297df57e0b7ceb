"""Which files may hold a match: those with the names that every match has. No other is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.concrete.patterns.reading import read
from archlint.patterns.names import may_know, resolved_chains

if TYPE_CHECKING:
    from archlint.config.model import CodePattern
    from archlint.project import Module, Project


def may_match(project: Project, module: Module, pattern: CodePattern) -> bool:
    """Whether one of the alternatives may match in a module, as far as its names tell."""
    if module.facts.fault is not None:
        return False
    if not all(may_know(project, module, targets) for targets in pattern.resolve.values()):
        return False
    text = project.text(module.path).text
    needed = (_words_of(each, pattern) for each in pattern.alternatives)
    return any(all(word in text for word in words) for words in needed)


def _words_of(text: str, pattern: CodePattern) -> frozenset[str]:
    """The names that stand in each match; what is resolved may have another there."""
    reading = read(text)
    free = {word for chain in resolved_chains(pattern, reading) for word in chain.split(".")}
    return reading.words - free
