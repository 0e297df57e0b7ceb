"""The parts that a contract divides the project into, each module in the innermost one around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from archlint.project.module import Module
from archlint.project.patterns import matches_name

if TYPE_CHECKING:
    from archlint.project.project import Project

REST = "<rest>"
"""The part of all modules that lie in no other; no module can have this name."""


class Parts:
    """Answers which part a module lies in, and which pattern made that part.

    A pattern without wildcards names one part: a module or package with all that lies inside it. With
    wildcards, everything that matches is a part. The innermost part holds a module, so that a package
    may be one part and something inside it another; a name counts before a pattern. Files outside the
    source roots that are told are no rest.
    """

    def __init__(self, patterns: Iterable[str], src: Sequence[str] | None = None) -> None:
        told = tuple(patterns)
        self._has_rest = REST in told
        self._is_rooted = src is None or "." in src
        self._names = frozenset(each for each in told if "*" not in each and each != REST)
        self._wildcards = tuple(each for each in reversed(told) if "*" in each)
        self._known: dict[str, tuple[str, str]] = {}

    def of(self, module: Module) -> str:
        """The dotted name of the part; `REST` outside all others, empty where nobody speaks of the rest."""
        part = self._found(module.name)[0]
        return "" if part == REST and not module.root and not self._is_rooted else part

    def pattern(self, module: Module) -> str:
        """The pattern that made the part."""
        return self._found(module.name)[1]

    def members(self, project: Project) -> Mapping[str, tuple[Module, ...]]:
        """The modules of each part that holds any, in the order of the project."""
        table: dict[str, list[Module]] = {}
        for module in project.modules:
            if part := self.of(module):
                table.setdefault(part, []).append(module)
        return {part: tuple(modules) for part, modules in table.items()}

    def _found(self, name: str) -> tuple[str, str]:
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def _look_up(self, name: str) -> tuple[str, str]:
        if name in self._names:
            return name, name
        for pattern in self._wildcards:
            if matches_name(name, pattern):
                return name, pattern
        around = name.rpartition(".")[0]
        if around:
            return self._found(around)
        return (REST, REST) if self._has_rest else ("", "")
