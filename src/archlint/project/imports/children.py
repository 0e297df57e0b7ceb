"""The children of packages, each as one with all that lies inside it, and who of them imports whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from archlint.errors import ConfigError
from archlint.project.imports.first_imports import FirstImports
from archlint.project.imports.import_graph import Edge
from archlint.project.option_places import option_problem
from archlint.project.patterns import matches_name

if TYPE_CHECKING:
    from archlint.project.project import Project

Siblings: TypeAlias = dict[str, dict[str, Edge]]
"""For every child of a package those it imports, each with the first import."""


class Children:
    """The packages whose children are looked at."""

    def __init__(self, packages: Iterable[str]) -> None:
        self._packages = frozenset(packages)

    @classmethod
    def read(
        cls, project: Project, rule: str, within: tuple[str, ...], skip: tuple[str, ...], depth: int
    ) -> Children:
        """The packages that `within` matches, and those inside them that are no deeper and not skipped.

        Raises ConfigError for a pattern that matches no package.
        """
        known = _packages(project)
        told = {"within": within, "skip": skip}
        problems = tuple(
            option_problem(project.config, rule, option, pattern, f"`{pattern}` matches no package")
            for option, patterns in told.items()
            for pattern in patterns
            if not any(matches_name(name, pattern) for name in known)
        )
        if problems:
            raise ConfigError(problems)
        skipped = {name for name in known if any(matches_name(name, pattern) for pattern in skip)}
        tops = {name for name in known if any(matches_name(name, pattern) for pattern in within)}
        return cls(name for name in known if _is_inside(name, tops, skipped, depth))

    def imports(self, imports: FirstImports) -> dict[str, Siblings]:
        """The imports between the children of each package."""
        table: dict[str, Siblings] = {package: {} for package in sorted(self._packages)}
        for importer, found in imports.items():
            for imported, edge in found.items():
                package, child, other = _parting(importer.name, imported.name)
                if package in self._packages and child and other:
                    table[package].setdefault(other, {})
                    table[package].setdefault(child, {}).setdefault(other, edge)
        return table


def _packages(project: Project) -> tuple[str, ...]:
    """Everything that has a module inside it, in order."""
    names: set[str] = set()
    for module in project.modules:
        around = module.name.rpartition(".")[0]
        while around and around not in names:
            names.add(around)
            around = around.rpartition(".")[0]
    return tuple(sorted(names))


def _is_inside(name: str, tops: set[str], skipped: set[str], depth: int) -> bool:
    while depth >= 0 and name:
        if name in tops:
            return True
        if name in skipped:
            return False
        name, depth = name.rpartition(".")[0], depth - 1
    return False


def _parting(importer: str, imported: str) -> tuple[str, str, str]:
    """The package in which the ways to two modules part, and the child of it on each; none inside one."""
    one, other = importer.split("."), imported.split(".")
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    if shared in (0, len(one), len(other)):
        return "", "", ""
    return ".".join(one[:shared]), ".".join(one[: shared + 1]), ".".join(other[: shared + 1])
