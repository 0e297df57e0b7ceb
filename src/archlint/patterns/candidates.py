"""Which files may hold a match: those with the names that every match has. No other is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.concrete.patterns.reading import Reading, read
from archlint.patterns.names import may_know, names_of

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
    readings = (read(each) for each in pattern.alternatives)
    return any(_has_names(project, module, pattern, text, reading) for reading in readings)


def _has_names(project: Project, module: Module, pattern: CodePattern, text: str, reading: Reading) -> bool:
    """Whether a file has all names of a pattern; what is resolved may have another there."""
    names = names_of(pattern, reading)
    resolved = {chain for chain in (*names.chains, *reading.chains) if names.targets(chain)}
    free = {word for chain in resolved for word in chain.split(".")}
    if not all(word in text for word in reading.words - free):
        return False
    return not pattern.dotted or all(
        all(word in text for word in chain.split(".")) or may_know(project, module, (chain,))
        for chain in resolved
    )
