"""What the names of a pattern have to stand for, and whether a file may know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from archlint.concrete.patterns.names import Names
from archlint.concrete.patterns.reading import Reading
from archlint.project.answer import UNKNOWN, Answer, Definition, External, Folder
from archlint.project.module import Module
from archlint.project.patterns import matches_name
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.config.model import CodePattern
    from archlint.project.project import Project


def names_of(pattern: CodePattern, reading: Reading) -> Names:
    """What the names in one of the patterns have to stand for."""
    chains = {
        name or head(reading.chain, targets): targets
        for name, targets in pattern.resolve.items()
        if name not in reading.names
    }
    return Names(chains, pattern.dotted)


def head(chain: str, targets: Sequence[str]) -> str:
    """The part of a chain that a target is: up to the name that it ends in, else the first name."""
    names = chain.split(".")
    lasts = {target.rpartition(".")[2] for target in targets}
    end = next((at for at, name in enumerate(names, 1) if name in lasts), 1)
    return ".".join(names[:end])


def may_know(project: Project, module: Module, targets: Sequence[str]) -> bool:
    """Whether a module imports one of some things, or a package on the way to it, or has it itself."""
    if module.stars or any(_is_at_hand(module, target) for target in targets):
        return True
    symbols = project.view(Symbols)
    for fact in module.facts.imports:
        answer = symbols.imported(module, fact)
        name = name_of(answer)
        if answer is UNKNOWN or any(_leads_to(name, target) for target in targets):
            return True
    return False


def name_of(answer: Answer) -> str:
    """The dotted name of what is known; empty for what is not."""
    return answer.name if isinstance(answer, (Definition, External, Folder, Module)) else ""


def _is_at_hand(module: Module, target: str) -> bool:
    return target.startswith("builtins.") or _leads_to(module.name, target)


def _leads_to(name: str, target: str) -> bool:
    """Whether a name is a target, or a package that holds it, wildcards included."""
    if not name:
        return False
    return matches_name(name, target) or any(matches_name(name, each) for each in _above(target))


def _above(target: str) -> Iterator[str]:
    while "." in target:
        target = target.rpartition(".")[0]
        yield target
