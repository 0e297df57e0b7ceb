"""Qualified names in the configuration that the project itself should define and does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.errors import ConfigError, ConfigProblem
from archlint.project.answer import MISSING
from archlint.project.finder import Finder
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


def absent_names(project: Project, key: str, names: tuple[str, ...]) -> Iterator[ConfigProblem]:
    """What to say of those names of an option, at their places, that could never be met."""
    for at, name in enumerate(names):
        if is_absent(project, name):
            yield project.config.problem(f"{key}.{at}", f"the project has no `{name}`")


def refuse_absent_names(project: Project, key: str, names: tuple[str, ...]) -> None:
    """Raise ConfigError for those names of an option that could never be met: it would guard nothing."""
    problems = tuple(absent_names(project, key, names))
    if problems:
        raise ConfigError(problems)


def is_absent(project: Project, name: str) -> bool:
    """Whether a name, as far as it has no wildcard, begins in a source root of the project and leads nowhere.

    A file that only scripts beside it could import gives no name to the configuration.
    """
    literal = name.partition("*")[0].rpartition(".")[0] if "*" in name else name
    roots = set(project.view(Finder).holders(literal.partition(".")[0])) if literal else ()
    witnesses = {module.root: module for module in project.modules if module.root in roots}
    symbols = project.view(Symbols)
    return bool(witnesses) and all(symbols.resolve(literal, each) is MISSING for each in witnesses.values())
